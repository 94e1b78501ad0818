/// A child that has just been started, on its way to the watching thread.
struct ChildAdmission: Sendable {
  let command: ChildCommand
  let started: ChildStart.Started
  let mark: ChildMark
  let record: ChildRecord
  /// The uptime at its start.
  let startedAt: Duration
  /// The most memory this process had held by then, in bytes.
  let inheritedPeak: Int64
}
