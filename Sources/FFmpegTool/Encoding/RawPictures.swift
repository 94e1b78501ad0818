/// How bare frames go to ffmpeg through a pipe: planes one after the other, rows without gaps.
package struct RawPictures: Sendable, Hashable {
  package var width: Int
  package var height: Int
  /// libav's name: "yuv420p10le".
  package var pixelFormat: String
  /// Frames over time; only a nominal one where the film's rate varies, since frames are counted.
  package var rate: (frames: Int, seconds: Int) {
    get { (rateFrames, rateSeconds) }
    set { (rateFrames, rateSeconds) = newValue }
  }
  private var rateFrames: Int
  private var rateSeconds: Int
  /// How the colours are told to the encoder, by ffmpeg's names: -color_primaries and the like.
  package var colour: [ColourOption]

  /// One of ffmpeg's options for colours.
  package struct ColourOption: Sendable, Hashable {
    package let option: String
    package let value: String

    /// An option without its dash: "colorspace", "bt709".
    package init(_ option: String, _ value: String) {
      self.option = option
      self.value = value
    }
  }

  /// Pictures by their parts.
  package init(
    width: Int, height: Int, pixelFormat: String, rate: (frames: Int, seconds: Int),
    colour: [ColourOption] = []
  ) {
    self.width = width
    self.height = height
    self.pixelFormat = pixelFormat
    rateFrames = rate.frames
    rateSeconds = rate.seconds
    self.colour = colour
  }

  /// How many bytes a frame has; nil for a form that the encoder does not take as it is.
  package var frameBytes: Int? {
    let chroma = ((width + 1) / 2) * ((height + 1) / 2)
    return switch pixelFormat {
    case "yuv420p": width * height + 2 * chroma
    case "yuv420p10le": 2 * (width * height + 2 * chroma)
    default: nil
    }
  }
}
