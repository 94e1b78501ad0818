/// How much is written at once, and how much may wait.
package struct WriteLimits: Sendable {
  /// The writes of one group.
  package var writesAtOnce = 256
  /// The time after which a group takes no further write, so that other processes get their turn.
  package var timeAtOnce = Duration.milliseconds(50)
  /// The writes that may wait; what comes on top is refused as busy.
  package var writesWaiting = 4_096
  /// How long nothing is to be written before the log is brought home and emptied.
  package var idleAfter = Duration.seconds(2)

  /// The limits that have proved themselves.
  package init() {}
}
