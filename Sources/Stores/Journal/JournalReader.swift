package import Foundations
import Glibc
package import Model

/// Reads a journal from its last snapshot on, a line at a time, in memory of one line.
package struct JournalReader {
  private struct VoidMark {
    let file: Int
    let offset: Int64
    let sequence: Int64
  }

  private let files: [FilePath]
  /// The number up to which the snapshot tells all.
  private let snapshot: Int64
  /// The marks, the last first, each with the lowest number of its own and all after it.
  private let voids: [VoidMark]

  /// Opens the journal of a library's folder; one that is not there is empty.
  package init(in library: FilePath, stop: StopFlag? = nil) throws {
    let files = try JournalFiles(in: library.appending("journal"))
    var paths = files.numbers.map { files.path($0) }
    var snapshot: Int64 = 0
    // The newest snapshot makes all before it needless.
    for (index, path) in paths.enumerated().reversed() {
      guard let number = try Self.snapshot(in: path) else { continue }
      snapshot = number
      paths.removeFirst(index)
      break
    }
    self.files = paths
    self.snapshot = snapshot
    voids = try Self.voids(in: paths, stop)
  }

  /// Hands every change over that was committed, in order.
  ///
  /// - Parameter damaged: what is done with a line that cannot be read; by default it is thrown.
  package func forEach(
    stop: StopFlag? = nil, damaged: (any Error) throws -> Void = { throw $0 },
    _ body: (JournalEntry) throws -> Void
  ) throws {
    for (index, path) in files.enumerated() {
      try Self.lines(of: path, stop) { line, offset in
        let read: JournalLine
        do {
          read = try JournalLine(line)
        } catch {
          return try damaged(
            ModelFailure(
              .modelBadJournal, "\(path) has a bad line at byte \(offset): \(error)", cause: error))
        }
        guard case .entry(let sequence, _, let entry) = read else { return }
        if let sequence {
          // Lines of the time while the snapshot was written are in it already.
          if index > 0 || snapshot == 0, sequence <= snapshot { return }
          if isVoid(sequence, index, offset) { return }
        }
        try body(entry)
      }
    }
  }

  private func isVoid(_ sequence: Int64, _ file: Int, _ offset: Int64) -> Bool {
    voids.contains { mark in
      (mark.file, mark.offset) > (file, offset) && mark.sequence <= sequence
    }
  }

  private static func snapshot(in path: FilePath) throws -> Int64? {
    let file = try FileDescriptor.open(path, O_RDONLY)
    let head = try file.read(100, at: 0)
    guard let end = head.firstIndex(of: UInt8(ascii: "\n")),
      case .snapshot(let number)? = try? JournalLine(Array(head[..<end]))
    else { return nil }
    return number
  }

  private static func voids(in paths: [FilePath], _ stop: StopFlag?) throws -> [VoidMark] {
    let beginning = Array("{\"void\":".utf8)
    var voids: [VoidMark] = []
    for (index, path) in paths.enumerated() {
      try lines(of: path, stop) { line, offset in
        guard line.starts(with: beginning), case .void(let number, _)? = try? JournalLine(line)
        else { return }
        voids.append(VoidMark(file: index, offset: offset, sequence: number))
      }
    }
    return voids
  }

  /// Hands the whole lines of a file over, each with its place.
  private static func lines(
    of path: FilePath, _ stop: StopFlag?, _ body: (_ line: [UInt8], _ offset: Int64) throws -> Void
  ) throws {
    let file = try FileDescriptor.open(path, O_RDONLY)
    var piece = [UInt8](repeating: 0, count: 256 << 10)
    var rest: [UInt8] = []
    var offset: Int64 = 0
    while true {
      try stop?.check()
      let count = try file.read(into: &piece)
      if count == 0 { return }
      var start = 0
      while let end = piece[start..<count].firstIndex(of: UInt8(ascii: "\n")) {
        let line = rest + piece[start..<end]
        try body(line, offset)
        offset += Int64(line.count) + 1
        rest = []
        start = end + 1
      }
      rest += piece[start..<count]
    }
  }
}
