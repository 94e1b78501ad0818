import Foundations
import Glibc

/// A file read by a thread of its own while what was read before is worked on.
///
/// Four pieces go round between the two threads, so that memory is bounded and small enough for
/// the processor's cache.
final class ReadAhead: Sendable {
  private struct State {
    var empty: [[UInt8]]
    // A piece of no bytes is the end.
    var full: [(bytes: [UInt8], count: Int)] = []
    var failure: FileFailure?
    var isEnding = false
  }

  private let state: Monitor<State>

  /// Begins to read from the start of an open file.
  init(_ file: borrowing FileDescriptor, piece: Int) throws {
    let state = Monitor(
      State(empty: Array(repeating: [UInt8](repeating: 0, count: piece), count: 4)))
    self.state = state
    let number = file.number
    let copy = try systemCall("open again", file.path) { fcntl(number, F_DUPFD_CLOEXEC, 0) }
    let path = file.path
    try OwnThread.start(named: "read-ahead") {
      Self.read(FileDescriptor(owning: copy, path: path), state)
    }
  }

  deinit {
    state.withLock { $0.isEnding = true }
    state.notify()
  }

  /// The next piece and how much of it counts, nothing at the end.
  ///
  /// It is given back by `giveBack`.
  func next() throws(FileFailure) -> (bytes: [UInt8], count: Int) {
    let piece = state.wait { $0.full.isEmpty ? nil : $0.full.removeFirst() }
    if piece.count == 0, let failure = state.withLock({ $0.failure }) { throw failure }
    return piece
  }

  /// Gives a piece back to be filled again.
  func giveBack(_ bytes: [UInt8]) {
    state.withLock { $0.empty.append(bytes) }
    state.notify()
  }

  private static func read(_ file: consuming FileDescriptor, _ state: Monitor<State>) {
    var offset: Int64 = 0
    while true {
      let taken = state.wait { state -> [UInt8]?? in
        state.isEnding ? .some(nil) : state.empty.popLast().map { .some($0) }
      }
      guard var bytes = taken else { return }
      var count = 0
      do {
        count = try file.fill(&bytes, at: offset)
      } catch {
        state.withLock { $0.failure = error }
      }
      offset += Int64(count)
      state.withLock { [bytes] in $0.full.append((bytes, count)) }
      state.notify()
      if count == 0 { return }
    }
  }
}
