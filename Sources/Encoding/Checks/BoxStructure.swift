import Foundations

/// The outermost boxes of an MP4 file (ISO/IEC 14496-12, 4.2).
enum BoxStructure {
  private static let known: Set<String> = [
    "ftyp", "moov", "mdat", "free", "skip", "wide", "udta", "meta", "uuid",
  ]

  /// Boxes must follow each other up to the file's very end, the index before the media.
  static func look(at file: borrowing PlacedBytes) throws(FileFailure) -> FileStructure {
    var structure = FileStructure()
    var place: Int64 = 0
    var order: [String] = []
    while place < file.size {
      let head = try file.read(16, at: place)
      guard head.count >= 8 else {
        structure.fault = "\(HumanText.count(file.size - place, "byte")) behind the end"
        return structure
      }
      var length = number(head[0..<4])
      if length == 1, head.count == 16 { length = number(head[8..<16]) }
      let name = String(decoding: head[4..<8], as: UTF8.self)
      guard known.contains(name), length >= 8 else {
        structure.fault = "\(HumanText.count(file.size - place, "byte")) behind the end"
        return structure
      }
      guard length <= file.size - place else {
        let missing = length - (file.size - place)
        structure.fault = "\(HumanText.count(missing, "byte")) missing at the end"
        structure.missing = missing
        return structure
      }
      order.append(name)
      place += length
    }
    guard let index = order.firstIndex(of: "moov"), let media = order.firstIndex(of: "mdat") else {
      structure.fault = "there is no index or no media"
      return structure
    }
    if index > media { structure.fault = "the index stands behind the media" }
    return structure
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
    Int64(clamping: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}
