/// Which writes go first.
package enum WriteUrgency: Sendable {
  /// In the order they come.
  case ordinary
  /// Before all ordinary ones: heartbeats, without which a running job is taken for dead.
  case urgent
}
