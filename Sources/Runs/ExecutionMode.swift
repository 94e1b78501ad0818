/// Where a run's stages are carried out.
package enum ExecutionMode: String, Sendable, CaseIterable {
  /// On this machine.
  case eco
  /// In the cloud.
  case fast
  /// In the cloud, by the best there is.
  case ultra

  /// Reads a mode from outside.
  package init(_ text: String) throws(RunFailure) {
    guard let mode = ExecutionMode(rawValue: text) else {
      throw RunFailure(
        .runBadValue, "there is no execution mode \"\(RunValues.shown(text))\"",
        hint: "modes are eco, fast and ultra")
    }
    self = mode
  }
}
