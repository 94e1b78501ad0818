package import Foundations

/// How those who wait for jobs, or for news of them, are told that there may be some: one of the
/// four seams.
///
/// A hint and no record: nobody is told what has changed, one may be told twice, and after a crash
/// not at all. Who waits asks for `count` before looking at the store, so that what changes between
/// the look and the wait ends the wait at once.
package protocol Wakeups: Sendable {
  /// How often anybody was woken.
  var count: Int { get }
  /// Wakes all who wait; to be called after the change is committed.
  func wake()
  /// Waits for a wake-up after that count, at most so long; gives the count by then.
  ///
  /// A raised flag ends the wait. It blocks the thread, which has to be one of our own.
  func wait(after count: Int, atMost time: Duration, stop: StopFlag) -> Int
}
