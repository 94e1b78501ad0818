/// Where long work reports how far it has come.
///
/// Reporting is cheap, may be done from any thread and as often as one likes; who receives decides
/// what to do with it (`ProgressCoalescer`, a progress bar, a job's row).
package struct ProgressSink: Sendable {
  private let receive: @Sendable (ProgressUpdate) -> Void

  /// A sink that hands each update on.
  package init(_ receive: @escaping @Sendable (ProgressUpdate) -> Void) { self.receive = receive }

  /// A sink that nobody listens to.
  package static let none = ProgressSink { _ in }

  /// Tells how far the work has come.
  package func report(_ update: ProgressUpdate) { receive(update) }

  /// Tells the share that is done, from 0 to 1.
  package func report(_ fraction: Double?, _ message: String = "") {
    receive(ProgressUpdate(fraction: fraction, message))
  }

  /// A sink for a step of this work: its 0…1 becomes this part of the whole.
  package func part(_ range: ClosedRange<Double>) -> ProgressSink {
    ProgressSink { [receive] update in
      let share = update.fraction ?? 0
      let fraction = range.lowerBound + share * (range.upperBound - range.lowerBound)
      receive(ProgressUpdate(fraction: fraction, update.message))
    }
  }
}
