import CSystem

/// How a child's own process came to its end.
package enum ChildEnding: Sendable, Equatable, CustomStringConvertible {
  /// It ended by itself with a status; 0 is success.
  case exited(Int32)
  /// A signal ended it: ours, another process's, or the kernel's for a crash.
  case signalled(Int32, coreDumped: Bool)
  /// Something else in this process took its status before us.
  case unknown

  /// Reads what wait4(2) reports of a process that has ended.
  init(waitStatus: Int32) {
    // WIFEXITED and its like are macros that Swift does not see: the low seven bits are the
    // signal, the eighth tells of a core file, the next byte is the exit status.
    let signal = waitStatus & 0x7f
    self =
      signal == 0
      ? .exited(waitStatus >> 8 & 0xff)
      : .signalled(signal, coreDumped: waitStatus & 0x80 != 0)
  }

  package var description: String {
    switch self {
    case .exited(let status): "ended with status \(status)"
    case .signalled(let signal, let coreDumped):
      "was ended by \(Self.name(of: signal))\(coreDumped ? ", leaving a core file" : "")"
    case .unknown: "ended, and its status was lost"
    }
  }

  private static func name(of signal: Int32) -> String {
    guard let name = mediary_signal_name(signal) else { return "signal \(signal)" }
    return "SIG\(String(cString: name))"
  }
}
