import CSystem
import Glibc

/// A process for good: its number, and when it started, since numbers are used again.
package struct ProcessIdentity: Sendable, Hashable {
  /// The process's number.
  package let number: Int32
  /// When it started, in the kernel's ticks since the machine did.
  package let startTicks: UInt64

  /// A process by what the kernel tells of it.
  package init(number: Int32, startTicks: UInt64) {
    self.number = number
    self.startTicks = startTicks
  }

  /// The identity of whoever bears this number now.
  package static func now(of number: Int32) -> ProcessIdentity? {
    ProcessEntry.read(number).map(\.identity)
  }

  /// Whether it still runs; a zombie no longer does.
  package var isAlive: Bool {
    guard let entry = ProcessEntry.read(number) else { return false }
    return entry.identity == self && !entry.isZombie
  }

  /// Sends a signal to this very process and to no later bearer of its number.
  func signal(_ signal: Int32) {
    // The descriptor holds on to whoever has the number now; if that is still the process meant,
    // nobody else can get between.
    let descriptor = pidfd_open(number, 0)
    guard descriptor >= 0 else { return }
    let held = FileDescriptor(owning: descriptor)
    guard Self.now(of: number) == self else { return }
    _ = mediary_pidfd_signal(held.number, signal)
  }
}
