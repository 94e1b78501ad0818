import Glibc

/// What a signal means, given those that came before; a pure value.
package struct SignalPolicy: Sendable {
  /// What follows from a signal.
  package enum Action: Sendable, Equatable {
    /// The work is told to end.
    case stop(StopReason)
    /// The process ends at once, with this status.
    case end(Int32)
    /// It has been told already.
    case ignore
  }

  private var interrupts = 0
  private var isStopping = false

  /// A policy for a process that nobody has told anything yet.
  package init() {}

  /// A signal has come.
  package mutating func receive(_ signal: Int32) -> Action {
    let reason = StopReason.signal(signal)
    if signal == SIGINT {
      interrupts += 1
      if interrupts > 1 { return .end(reason.exitStatus) }
    }
    if isStopping { return .ignore }
    isStopping = true
    return .stop(reason)
  }
}
