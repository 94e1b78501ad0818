import Foundations

/// The boxes of the file itself, of which only the index is ever held in memory.
struct MP4Layout {
  /// One box of the file.
  struct Top {
    let type: String
    let whole: Range<Int64>
    let isLong: Bool
    var isFree: Bool { ["free", "skip"].contains(type) }
    var content: Range<Int64> { whole.lowerBound + (isLong ? 16 : 8)..<whole.upperBound }
  }

  let tops: [Top]
  /// Where the index stands among them.
  let moovIndex: Int
  /// The index, with its head.
  let moov: [UInt8]

  var top: Top { tops[moovIndex] }
  var isFragmented: Bool { tops.contains { $0.type == "moof" } }

  static func tops(of file: SourceFile) throws -> [Top] {
    var tops: [Top] = []
    var place: Int64 = 0
    while file.size - place >= 8 {
      guard tops.count < MetadataLimits.pages else { throw file.damaged("too many boxes") }
      let head = try file.start(16, at: place)
      var size = head.number(4, at: 0) ?? 0
      let isLong = size == 1
      if isLong { size = head.number(8, at: 8) ?? 0 }
      if size == 0 { size = UInt64(file.size - place) }
      guard size >= (isLong ? 16 : 8) else { throw file.damaged("a box without a size") }
      let whole = try file.range(place, count: size)
      tops.append(Top(type: ForeignText.latin1(head[4..<8]), whole: whole, isLong: isLong))
      place = whole.upperBound
    }
    return tops
  }

  init(_ file: SourceFile) throws {
    tops = try Self.tops(of: file)
    guard let index = tops.firstIndex(where: { $0.type == "moov" }) else {
      throw file.damaged("it has no index (moov)")
    }
    moovIndex = index
    moov = try file.bytes(tops[index].whole, limit: MetadataLimits.index)
  }
}
