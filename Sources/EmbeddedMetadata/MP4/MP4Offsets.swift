/// The places of samples in the index, moved when the index grows before them.
enum MP4Offsets {
  private static let path = ["trak", "mdia", "minf", "stbl"]

  /// Moves every offset from `place` on by `delta`; nil where that cannot be done in the room
  /// there is, or where the index holds offsets of other kinds.
  static func moved(_ moov: [UInt8], from place: Int64, by delta: Int64) -> [UInt8]? {
    var moov = moov
    guard let top = MP4Box.all(in: moov, 0..<moov.count)?.first,
      move(&moov, top.content, depth: 0, from: place, by: delta)
    else { return nil }
    return moov
  }

  private static func move(
    _ moov: inout [UInt8], _ range: Range<Int>, depth: Int, from place: Int64, by delta: Int64
  ) -> Bool {
    guard let boxes = MP4Box.all(in: moov, range) else { return false }
    for box in boxes {
      switch box.type {
      case "cmov", "saio", "mvex", "iloc": return false
      case "stco" where depth == path.count:
        guard table(&moov, box, width: 4, from: place, by: delta) else { return false }
      case "co64" where depth == path.count:
        guard table(&moov, box, width: 8, from: place, by: delta) else { return false }
      case _ where depth < path.count && box.type == path[depth]:
        guard move(&moov, box.content, depth: depth + 1, from: place, by: delta) else {
          return false
        }
      default: break
      }
    }
    return true
  }

  private static func table(
    _ moov: inout [UInt8], _ box: MP4Box, width: Int, from place: Int64, by delta: Int64
  ) -> Bool {
    let start = box.content.lowerBound + 8
    guard let count = moov.count(4, at: start - 4),
      count <= (box.content.upperBound - start) / width
    else { return false }
    for index in 0..<count {
      let at = start + index * width
      guard let old = moov.number(width, at: at), let offset = Int64(exactly: old) else {
        return false
      }
      guard offset >= place else { continue }
      let (new, overflow) = offset.addingReportingOverflow(delta)
      guard !overflow, new >= 0, width == 8 || new <= 0xFFFF_FFFF else { return false }
      moov.overwrite(at: at, [UInt8](new, width: width))
    }
    return true
  }
}
