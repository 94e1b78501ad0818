/// Why a child was made to end before it ended by itself.
package enum ChildStop: Sendable, Equatable {
  /// Its owner or a stop flag asked for it.
  case asked(StopReason)
  /// Its own deadline passed.
  case deadline
  /// It wrote more than its command allows.
  case outputLimit(ChildStream)
}
