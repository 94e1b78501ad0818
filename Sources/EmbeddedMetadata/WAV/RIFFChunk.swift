import Foundations

/// One chunk of a RIFF file, with its head and the byte that makes it even.
struct RIFFChunk {
  let type: String
  let whole: Range<Int64>
  let content: Range<Int64>

  /// A chunk's bytes.
  static func made(_ type: String, _ content: [UInt8]) -> [UInt8] {
    let even = content.count % 2 == 0 ? [] : [UInt8(0)]
    return Array(type.utf8) + [UInt8](content.count, width: 4, .little) + content + even
  }

  /// The chunks behind the first 12 bytes, and where the RIFF file ends.
  ///
  /// With `isLarge`, sizes of 2^32 - 1 stand for those in the chunk ds64. What follows the end that
  /// the head gives is not looked at.
  static func all(
    in file: SourceFile, isLarge: Bool = false
  ) throws -> (chunks: [RIFFChunk], end: Int64) {
    let head = try file.bytes(12, at: 0)
    var sizes = LargeSizes()
    if isLarge { sizes = try LargeSizes(file) }
    let claimed = sizes.file ?? head.number(4, at: 4, .little) ?? 0
    let end = try file.range(8, count: claimed).upperBound
    var chunks: [RIFFChunk] = []
    var place: Int64 = 12
    while end - place >= 8 {
      guard chunks.count < MetadataLimits.parts else { throw file.damaged("too many chunks") }
      let part = try file.bytes(8, at: place)
      let type = ForeignText.latin1(part[..<4])
      var size = part.number(4, at: 4, .little) ?? 0
      if size == 0xFFFF_FFFF, let large = sizes.size(of: type) { size = large }
      let content = try file.range(place + 8, count: size)
      guard content.upperBound <= end else { throw file.damaged("a chunk reaches past the end") }
      // The byte that makes it even is missing at the end of some files.
      let next = min(content.upperBound + Int64(size % 2), end)
      chunks.append(RIFFChunk(type: type, whole: place..<next, content: content))
      place = next
    }
    return (chunks, end)
  }
}

/// The sizes of an RF64 file that do not fit into 32 bits.
struct LargeSizes {
  var file: UInt64?
  private var data: UInt64?
  private var others: [String: UInt64] = [:]

  init() {}

  /// Those of the chunk ds64, which is the first.
  init(_ file: SourceFile) throws {
    let head = try file.bytes(8, at: 12)
    guard head.has("ds64"), let size = head.count(4, at: 4, .little), size >= 28,
      size <= MetadataLimits.text
    else { throw file.damaged("it has no chunk of large sizes") }
    let content = try file.bytes(size, at: 20)
    self.file = content.number(8, at: 0, .little)
    data = content.number(8, at: 8, .little)
    let count = content.count(4, at: 24, .little) ?? 0
    for index in 0..<min(count, (size - 28) / 12) {
      guard let name = content.part(at: 28 + index * 12, count: 4) else { break }
      others[ForeignText.latin1(name)] = content.number(8, at: 32 + index * 12, .little)
    }
  }

  func size(of type: String) -> UInt64? { type == "data" ? data : others[type] }
}
