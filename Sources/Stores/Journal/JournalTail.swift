import Foundations
import Model

/// Where a journal stands, by its last lines.
struct JournalTail: Equatable {
  /// The number of the last change that counts, 0 before the first.
  var last: Int64 = 0
  /// The number with which the group began that the last change belongs to; 0 where all of it is
  /// known to be committed.
  var begins: Int64 = 0
  /// How many marks of void lines there were.
  var voids: Int64 = 0

  // More lines than a group has for a start; a longer group is read in larger pieces.
  private static let firstPiece: Int64 = 64 << 10

  /// Before anything was written.
  init() {}

  init(last: Int64, begins: Int64, voids: Int64) {
    self.last = last
    self.begins = begins
    self.voids = voids
  }

  /// Reads the end of a file; nil where it holds no whole line.
  static func read(_ file: borrowing FileDescriptor) throws -> JournalTail? {
    let size = try file.status().size
    var piece = min(size, firstPiece)
    while piece > 0 {
      let bytes = try file.read(Int(piece), at: size - piece)
      if let tail = try find(in: bytes, isWhole: piece == size) { return tail }
      if piece == size { break }
      piece = min(size, piece * 4)
    }
    return nil
  }

  /// How many bytes a file has up to the end of its last whole line.
  static func wholeSize(_ file: borrowing FileDescriptor) throws -> Int64 {
    var end = try file.status().size
    while end > 0 {
      let start = max(0, end - firstPiece)
      let bytes = try file.read(Int(end - start), at: start)
      if let newline = bytes.lastIndex(of: UInt8(ascii: "\n")) { return start + Int64(newline) + 1 }
      end = start
    }
    return 0
  }

  private static func find(in bytes: [UInt8], isWhole: Bool) throws -> JournalTail? {
    var lines = bytes.split(separator: UInt8(ascii: "\n"))
    // The first may begin in the middle.
    if !isWhole, !lines.isEmpty { lines.removeFirst() }
    var last: (sequence: Int64, voids: Int64)?
    for line in lines.reversed() {
      switch try JournalLine(Array(line)) {
      case .entry(let sequence, let voids, _):
        if last == nil, let sequence { last = (sequence, voids) }
      case .begins(let number):
        // Written with its lines in one piece; without them it was cut off, and is told by others.
        guard let last else { continue }
        return JournalTail(last: last.sequence, begins: number, voids: last.voids)
      // What stands before such lines was committed.
      case .void(let number, let mark):
        return JournalTail(last: number - 1, begins: 0, voids: mark)
      case .whole(let number, let voids):
        return JournalTail(last: number, begins: 0, voids: voids)
      case .snapshot: return nil
      }
    }
    return nil
  }
}
