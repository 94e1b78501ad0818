import Glibc

/// A child's input, as the watching thread writes it.
struct WatchedInput {
  private var end: HeldDescriptor?
  private let feed: InputFeed?

  init(end: HeldDescriptor?, feed: InputFeed?) {
    self.end = end
    self.feed = feed
  }

  /// The descriptor to poll; without an event to wait for, it still tells when the reader goes.
  var wish: pollfd? {
    guard let end, let feed else { return nil }
    let events = feed.wish == .write ? POLLOUT : 0
    return pollfd(fd: end.number, events: Int16(events), revents: 0)
  }

  /// The poll has answered.
  mutating func handle(_ events: Int32) {
    guard let end, let feed else { return }
    if events & (POLLERR | POLLNVAL) != 0 { return close() }
    do {
      try feed.drain { bytes throws(FileFailure) in
        try bytes.span.withUnsafeBytes { buffer throws(FileFailure) in
          try end.writeIfReady(buffer) ?? 0
        }
      }
    } catch {
      // Nobody reads any more.
      close()
    }
  }

  /// Closes it if the writer is through.
  mutating func settle() {
    if feed?.wish == .close { close() }
  }

  /// The child reads no more.
  mutating func close() {
    guard end != nil else { return }
    end = nil
    feed?.close()
  }
}
