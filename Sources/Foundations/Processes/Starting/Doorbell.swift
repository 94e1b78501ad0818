import Glibc

/// Wakes a thread that waits for it, alone or among other descriptors; rings before the wait
/// count.
final class Doorbell: Sendable {
  private let pipe: Pipe

  init() throws(FileFailure) {
    pipe = try Pipe()
    try pipe.readEnd.neverBlock()
    try pipe.writeEnd.neverBlock()
  }

  /// What becomes readable when it is rung.
  var descriptor: Int32 { pipe.readEnd.number }

  /// Rings; a bell that nobody has answered yet is rung already.
  func ring() {
    let byte: [UInt8] = [0]
    byte.withUnsafeBytes { _ = try? pipe.writeEnd.writeIfReady($0) }
  }

  /// Takes all rings so far as answered.
  func answer() {
    withUnsafeTemporaryAllocation(byteCount: 512, alignment: 1) { buffer in
      while let count = try? pipe.readEnd.readIfReady(into: buffer), count == buffer.count {}
    }
  }

  /// Blocks the thread until it is rung, and answers whether it was.
  ///
  /// The wait is over without a ring after a number of milliseconds; never for -1.
  @discardableResult
  func wait(milliseconds: Int32 = -1) -> Bool {
    var wish = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard (try? systemCall("wait") { poll(&wish, 1, milliseconds) }) ?? 0 > 0 else { return false }
    answer()
    return true
  }
}
