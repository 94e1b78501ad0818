/// Bitmap subtitles as Blu-ray discs have them (PGS), written by hand, since nothing here encodes them.
enum PictureSubtitles {
  /// A file that shows a small box at each of some seconds, for a second.
  static func file(at seconds: [Int]) -> [UInt8] {
    seconds.enumerated().flatMap { number, second in
      shown(number: number * 2, at: UInt32(second * 90_000))
        + cleared(number: number * 2 + 1, at: UInt32((second + 1) * 90_000))
    }
  }

  private static func shown(number: Int, at time: UInt32) -> [UInt8] {
    let place: [UInt8] = [0, 0, 0, 0, 0, 8, 0, 8]
    let line: [UInt8] = [0, 0x80 | 16, 1, 0, 0]
    let picture = [UInt8](repeatElement(line, count: 4).joined())
    return part(0x16, composition(number, state: 0x80, objects: 1) + place, time)
      + part(0x17, window, time)
      + part(0x14, [0, 0, 1, 235, 128, 128, 255], time)
      + part(
        0x15, [0, 0, 0, 0xC0, 0, 0, UInt8(picture.count + 4), 0, 16, 0, 4] + picture, time)
      + part(0x80, [], time)
  }

  private static func cleared(number: Int, at time: UInt32) -> [UInt8] {
    part(0x16, composition(number, state: 0, objects: 0), time) + part(0x17, window, time)
      + part(0x80, [], time)
  }

  private static let window: [UInt8] = [1, 0, 0, 8, 0, 8, 0, 16, 0, 4]

  private static func composition(_ number: Int, state: UInt8, objects: UInt8) -> [UInt8] {
    [0, 96, 0, 64, 0x10, 0, UInt8(number), state, 0, 0, objects]
  }

  private static func part(_ type: UInt8, _ content: [UInt8], _ time: UInt32) -> [UInt8] {
    let clock = (0..<4).map { UInt8(time >> (24 - $0 * 8) & 0xFF) }
    return Array("PG".utf8) + clock + [0, 0, 0, 0, type, 0, UInt8(content.count)] + content
  }
}
