import Glibc

/// Writes to a descriptor that others own and share: standard output and standard error.
struct StreamWriter: Sendable {
  /// The system's number; it stays open for the life of the process.
  let descriptor: Int32

  /// Writes all of the bytes, in as many calls as the system wants.
  func write(_ bytes: [UInt8]) throws(FileFailure) {
    try bytes.span.withUnsafeBytes { buffer throws(FileFailure) in
      var rest = buffer
      while !rest.isEmpty {
        let count = try write(some: rest)
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }

  private func write(some rest: UnsafeRawBufferPointer) throws(FileFailure) -> Int {
    do {
      return try systemCall("write") { Glibc.write(descriptor, rest.baseAddress, rest.count) }
    } catch  where error.errno == EAGAIN {
      // A terminal or pipe is shared with other processes, and any of them may have made it
      // non-blocking for all (ssh and node do). Then waiting is up to us.
      var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      try systemCall("wait for") { poll(&waiting, 1, -1) }
      return 0
    }
  }
}
