/// What a child reads from its standard input.
package enum ChildInput: Sendable {
  /// Nothing: the end comes at once.
  case none
  /// These bytes, then the end. A child that does not read them all is not hindered.
  case bytes([UInt8])
  /// What is written to `Child.input` while it runs.
  case stream
  /// A file, pipe or socket of the caller's, who keeps it open until the start has returned.
  case descriptor(Int32)
}
