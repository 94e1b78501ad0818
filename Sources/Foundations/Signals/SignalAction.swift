import Glibc

/// What this process does at a signal.
enum SignalAction {
  /// Whether a signal is ignored.
  static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    // SIG_IGN, a cast that Swift does not see, is the address 1.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self) == 1
  }
}
