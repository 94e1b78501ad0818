extension String {
  /// The text as it stands in a message: harmless to a terminal, and at most 80 characters long.
  var inMessage: String { TerminalSafe.line(count > 80 ? "\(prefix(80))…" : self) }
}
