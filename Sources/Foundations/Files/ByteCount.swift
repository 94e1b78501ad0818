/// A number of bytes as people read it: `1.5 GB`.
struct ByteCount: CustomStringConvertible {
  private static let units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"]

  let bytes: Int64

  init(_ bytes: Int64) { self.bytes = bytes }

  var description: String {
    var unit = 0
    var scale: Int64 = 1
    while unit < Self.units.count - 1, bytes / scale >= 1_000 {
      scale *= 1_000
      unit += 1
    }
    let tenths = unit == 0 ? 0 : bytes / (scale / 10) % 10
    return "\(bytes / scale)\(tenths == 0 ? "" : ".\(tenths)") \(Self.units[unit])"
  }
}
