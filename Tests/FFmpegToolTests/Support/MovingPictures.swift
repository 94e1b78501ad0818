import FFmpegTool

/// Pictures whose content is known and moves, for encodes of a moment.
struct MovingPictures {
  let pictures: RawPictures

  init(
    width: Int = 96, height: Int = 64, pixelFormat: String = "yuv420p10le",
    colour: [RawPictures.ColourOption] = []
  ) {
    pictures = RawPictures(
      width: width, height: height, pixelFormat: pixelFormat, rate: (24, 1), colour: colour)
  }

  /// The bytes of a frame.
  func frame(_ number: Int) -> [UInt8] {
    let isDeep = pictures.pixelFormat == "yuv420p10le"
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pictures.frameBytes ?? 0)
    func put(_ value: Int) {
      if isDeep {
        bytes += [UInt8(value * 4 & 255), UInt8(value >> 6)]
      } else {
        bytes.append(UInt8(value))
      }
    }
    for y in 0..<pictures.height {
      for x in 0..<pictures.width { put(16 + (x * 3 + y * 2 + number * 5 + (x ^ y) % 7 * 9) % 200) }
    }
    for plane in 0..<2 {
      for y in 0..<((pictures.height + 1) / 2) {
        for x in 0..<((pictures.width + 1) / 2) { put(90 + (x + y * plane + number) % 70) }
      }
    }
    return bytes
  }
}
