/// One box inside a part of the file that is held in memory.
struct MP4Box {
  /// The four bytes of its name, as Latin-1: `©` is one of them.
  let type: String
  let whole: Range<Int>
  let content: Range<Int>

  /// The boxes in a stretch of bytes; nil where their sizes contradict it.
  ///
  /// Four zeros at the end, which QuickTime writes, are no box.
  static func all(in bytes: [UInt8], _ range: Range<Int>) -> [MP4Box]? {
    var boxes: [MP4Box] = []
    var place = range.lowerBound
    while range.upperBound - place >= 8 {
      guard boxes.count < MetadataLimits.parts, let short = bytes.count(4, at: place) else {
        return nil
      }
      var (size, head) = (short, 8)
      if short == 1 {
        guard let long = bytes.count(8, at: place + 8) else { return nil }
        (size, head) = (long, 16)
      } else if short == 0 {
        size = range.upperBound - place
      }
      guard size >= head, size <= range.upperBound - place else { return nil }
      let type = ForeignText.latin1(bytes[place + 4..<place + 8])
      boxes.append(
        MP4Box(type: type, whole: place..<place + size, content: place + head..<place + size))
      place += size
    }
    return boxes
  }

  /// A box's bytes.
  static func made(_ type: String, _ content: [UInt8]) -> [UInt8] {
    let name = type.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    return [UInt8](content.count + 8, width: 4) + name + content
  }
}
