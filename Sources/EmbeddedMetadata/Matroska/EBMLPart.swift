import Foundations

/// One element of a Matroska file inside bytes that are held in memory.
struct EBMLPart {
  let id: UInt64
  let whole: Range<Int>
  let content: Range<Int>

  /// The elements in a stretch of bytes; nil where their sizes contradict it.
  static func all(in bytes: [UInt8], _ range: Range<Int>) -> [EBMLPart]? {
    var parts: [EBMLPart] = []
    var place = range.lowerBound
    while place < range.upperBound {
      guard parts.count < MetadataLimits.parts,
        let head = EBMLHead(Array(bytes[place..<min(place + 12, range.upperBound)])),
        let size = head.size.flatMap({ Int(exactly: $0) }),
        size <= range.upperBound - place - head.length
      else { return nil }
      let start = place + head.length
      parts.append(
        EBMLPart(id: head.id, whole: place..<start + size, content: start..<start + size))
      place = start + size
    }
    return parts
  }

  /// An element's bytes.
  static func made(_ id: UInt64, _ content: [UInt8]) -> [UInt8] {
    idBytes(id) + sizeBytes(content.count) + content
  }

  /// An element's id, in as many bytes as it has.
  static func idBytes(_ id: UInt64) -> [UInt8] {
    [UInt8](id, width: id > 0xFF_FFFF ? 4 : id > 0xFFFF ? 3 : id > 0xFF ? 2 : 1)
  }

  /// A size in one byte or in eight.
  static func sizeBytes(_ size: Int) -> [UInt8] {
    size < 127 ? [UInt8(size) | 0x80] : [UInt8](UInt64(size) | 1 << 56, width: 8)
  }

  /// An element that says nothing, of `count` bytes in all.
  static func void(_ count: Int64) -> [Piece] {
    guard count >= 2 else { return [] }
    if count < 129 { return [.made([0xEC] + sizeBytes(Int(count) - 2)), .zeros(count - 2)] }
    return [.made([0xEC] + [UInt8](UInt64(count - 9) | 1 << 56, width: 8)), .zeros(count - 9)]
  }
}

/// An element's id and size.
struct EBMLHead {
  let id: UInt64
  /// Nil where the size is not known, as in live streams.
  let size: UInt64?
  let length: Int
  let sizeWidth: Int

  /// Nil where the bytes are no such head.
  init?(_ bytes: [UInt8]) {
    guard let first = bytes.first, first >= 0x10 else { return nil }
    let idWidth = first.leadingZeroBitCount + 1
    guard let id = bytes.number(idWidth, at: 0), bytes.count > idWidth, bytes[idWidth] > 0 else {
      return nil
    }
    let width = bytes[idWidth].leadingZeroBitCount + 1
    guard let raw = bytes.number(width, at: idWidth) else { return nil }
    let largest = (UInt64(1) << UInt64(7 * width)) - 1
    self.id = id
    size = raw & largest == largest ? nil : raw & largest
    length = idWidth + width
    sizeWidth = width
  }
}
