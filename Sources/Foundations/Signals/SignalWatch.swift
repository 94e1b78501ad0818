import CSystem
import Glibc
import Synchronization

/// Turns the signals that ask a process to end into a raised stop flag.
///
/// SIGINT, SIGTERM and SIGHUP raise it; a second SIGINT, from somebody who does not want to wait,
/// ends the process at once. SIGPIPE is ignored, so that a reader who goes shows as a failed
/// write. A SIGHUP that is ignored already, as under nohup, stays so. There is one watch in a
/// process at a time.
package final class SignalWatch: Sendable {
  private static let watched = [SIGINT, SIGTERM, SIGHUP]
  // No signal has this number.
  private static let end: UInt8 = 0

  private let pipe: Pipe
  private let taken: [Int32]
  private let hasEnded = Atomic(false)

  /// Watches from now on, until `end`.
  ///
  /// `beforeEnding` runs on the watch's own thread before a second SIGINT ends the process, to
  /// kill the children and put the terminal in order; nothing that is locked then may be waited
  /// for without a bound.
  package init(
    raising flag: StopFlag, beforeEnding: @escaping @Sendable () -> Void = {}
  ) throws {
    let pipe = try Pipe()
    try pipe.writeEnd.neverBlock()
    self.pipe = pipe
    taken = try Self.install(reportingTo: pipe.writeEnd.number)
    try OwnThread.start(named: "mediary-signals") {
      var policy = SignalPolicy()
      while let signal = Self.next(from: pipe.readEnd) {
        switch policy.receive(signal) {
        case .stop(let reason): flag.stop(reason)
        case .end(let status):
          beforeEnding()
          // Not exit(): other threads are at work, and what it runs is not made for that.
          _exit(status)
        case .ignore: break
        }
      }
    }
  }

  deinit { end() }

  /// Stops watching, and puts back what the signals did before; may be called twice.
  package func end() {
    guard !hasEnded.exchange(true, ordering: .acquiringAndReleasing) else { return }
    for signal in taken { mediary_give_signal_back(signal) }
    let byte = [Self.end]
    byte.withUnsafeBytes { _ = try? pipe.writeEnd.writeIfReady($0) }
  }

  /// Takes the signals over; answers which.
  private static func install(reportingTo descriptor: Int32) throws(FileFailure) -> [Int32] {
    let taken = watched.filter { $0 != SIGHUP || mediary_signal_is_ignored($0) == 0 }
    for signal in taken {
      try systemCall("watch signal \(signal)") { mediary_watch_signal(signal, descriptor) }
    }
    try systemCall("ignore SIGPIPE") { mediary_ignore_signal(SIGPIPE) }
    return taken + [SIGPIPE]
  }

  /// Blocks until a signal has come; nil at the end of the watch.
  private static func next(from pipe: HeldDescriptor) -> Int32? {
    var bytes: [UInt8] = [end]
    let count = try? bytes.withUnsafeMutableBytes { try pipe.readIfReady(into: $0) }
    guard count == 1, let byte = bytes.first, byte != end else { return nil }
    return Int32(byte)
  }
}
