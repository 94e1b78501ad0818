import Glibc

/// One of a child's outputs, as the watching thread reads it.
struct WatchedOutput {
  // A pipe of the largest size the system allows by default is emptied within so many bytes.
  private static let largestPipe = 1 << 20

  private var end: HeldDescriptor?
  private let feed: OutputFeed?
  private var keeper: KeptOutput
  private let stopsWhenFull: Bool

  init(_ output: ChildOutput, end: HeldDescriptor?, feed: OutputFeed?) {
    self.end = end
    self.feed = feed
    switch output {
    case .discarded, .descriptor:
      keeper = KeptOutput(limit: 0)
      stopsWhenFull = false
    case .kept(let limit, let whenFull):
      keeper = KeptOutput(limit: limit)
      stopsWhenFull = whenFull == .stop
    case .lines(_, let limit):
      keeper = KeptOutput(limit: limit)
      stopsWhenFull = false
    }
  }

  /// Whether no more will come.
  var isEnded: Bool { end == nil }

  /// Whether the child wrote more than its command allows.
  var isOverLimit: Bool { stopsWhenFull && keeper.isOver }

  /// What has been kept so far.
  var kept: KeptBytes { keeper.kept }

  /// The descriptor to poll; nil while the reader is not ready for more.
  var wish: pollfd? {
    guard let end, feed?.hasRoom != false else { return nil }
    return pollfd(fd: end.number, events: Int16(POLLIN), revents: 0)
  }

  /// Reads once; answers how much, nil when there was nothing.
  @discardableResult
  mutating func read(_ buffer: inout [UInt8]) -> Int? {
    guard let end else { return nil }
    do {
      guard let count = try buffer.withUnsafeMutableBytes({ try end.readIfReady(into: $0) })
      else { return nil }
      if count > 0 {
        keeper.append(buffer[..<count])
        feed?.offer(buffer[..<count])
        return count
      }
    } catch {
      // A pipe does not fail; should it, nothing more can come from it.
    }
    close()
    return nil
  }

  /// Reads the rest, when all who could write are gone.
  ///
  /// Returns before the end where the reader is not ready for more. Where the pipe is empty and
  /// does not end, or never gets empty, somebody outside the tree holds it; it is let go.
  mutating func drain(_ buffer: inout [UInt8]) {
    var left = Self.largestPipe
    while !isEnded, feed?.hasRoom != false {
      guard left > 0, let count = read(&buffer) else { return close() }
      left -= count
    }
  }

  private mutating func close() {
    end = nil
    feed?.end()
  }
}
