import Foundations

extension RawPictures {
  /// The options by which ffmpeg reads such frames from its standard input.
  var inputArguments: [ChildArgument] {
    [
      "-f", "rawvideo", "-pixel_format", "\(pixelFormat)", "-video_size", "\(width)x\(height)",
      "-framerate", "\(rate.frames)/\(rate.seconds)", "-i", "pipe:0",
    ]
  }

  /// The filter that tells the encoder of the colours; nil where there is nothing to tell.
  ///
  /// From ffmpeg 7 on an encoder takes primaries and transfer from its frames alone, whatever the
  /// options of the same names say; older ones take both.
  var colourFilter: String? {
    let parts = colour.compactMap { option in
      Self.filterNames[option.option].map { "\($0)=\(option.value)" }
    }
    return parts.isEmpty ? nil : "setparams=" + parts.joined(separator: ":")
  }

  /// The options of the encoder for what the filter cannot tell.
  var colourArguments: [ChildArgument] {
    colour.flatMap { [ChildArgument("-\($0.option)"), ChildArgument($0.value)] }
  }

  private static let filterNames = [
    "color_primaries": "color_primaries", "color_trc": "color_trc", "colorspace": "colorspace",
    "color_range": "range",
  ]
}
