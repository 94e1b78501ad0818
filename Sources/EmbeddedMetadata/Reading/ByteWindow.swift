/// Single bytes of a file, read through a window so that each costs no call.
struct ByteWindow {
  private static let size = 1 << 16

  private let file: SourceFile
  private var bytes: [UInt8] = []
  private var start: Int64 = 0

  init(_ file: SourceFile) { self.file = file }

  /// The byte at a place; damage where the file has ended.
  mutating func byte(at place: Int64) throws -> UInt8 {
    if place < start || place >= start + Int64(bytes.count) {
      bytes = try file.start(Self.size, at: place)
      start = place
    }
    guard let byte = bytes.indices.contains(Int(place - start)) ? bytes[Int(place - start)] : nil
    else { throw file.damaged("it ends before its content does") }
    return byte
  }
}
