/// How a JPEG is to be turned before it is shown, as cameras note it in its EXIF block.
enum PictureRotation {
  /// Degrees clockwise; 0 where nothing is noted.
  static func degrees(ofJPEG bytes: [UInt8]) -> Int {
    var place = 2
    while place + 4 < bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      // Where the pixels begin, the notes end.
      if marker == 0xDA { break }
      let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
      let end = min(bytes.count, place + 2 + length)
      if marker == 0xE1, place + 10 < end,
        bytes[(place + 4)..<(place + 10)].elementsEqual([0x45, 0x78, 0x69, 0x66, 0, 0])
      {
        return degrees(ofTIFF: bytes[(place + 10)..<end])
      }
      place += 2 + max(2, length)
    }
    return 0
  }

  private static func degrees(ofTIFF block: ArraySlice<UInt8>) -> Int {
    let bytes = Array(block)
    guard bytes.count >= 8 else { return 0 }
    let isLittle = bytes[0] == UInt8(ascii: "I")
    func number(_ place: Int, _ count: Int) -> Int {
      guard place >= 0, place + count <= bytes.count else { return 0 }
      let part = bytes[place..<place + count]
      return (isLittle ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
    }
    let folder = number(4, 4)
    // An orientation stands among the first few; a crafted count leads nowhere.
    for entry in 0..<min(number(folder, 2), 200) {
      let place = folder + 2 + entry * 12
      guard number(place, 2) == 0x0112 else { continue }
      switch number(place + 8, 2) {
      case 3, 4: return 180
      case 5, 6: return 90
      case 7, 8: return 270
      default: return 0
      }
    }
    return 0
  }
}
