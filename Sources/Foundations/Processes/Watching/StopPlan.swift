/// Decides when a child is told to end and when it is made to; a pure value.
package struct StopPlan: Sendable {
  /// What is to be done to the child now.
  package enum Step: Sendable, Equatable {
    /// SIGTERM: it may put its things in order.
    case terminate
    /// SIGKILL.
    case kill
  }

  /// Why the child is being stopped; the first reason stays.
  package private(set) var why: ChildStop?
  private let deadlineAt: Duration?
  private let grace: Duration
  private var killAt: Duration?
  private var isKilled = false

  /// A plan for a child that starts now.
  package init(deadline: Duration?, grace: Duration, now: Duration) {
    deadlineAt = deadline.map { now + $0 }
    self.grace = grace
  }

  /// Somebody wants it stopped.
  ///
  /// A second wish can shorten the grace and never lengthens it.
  package mutating func stop(_ why: ChildStop, grace: Duration? = nil, now: Duration) -> Step? {
    let isFirst = self.why == nil
    if isFirst { self.why = why }
    if isKilled { return nil }
    let grace = grace ?? self.grace
    guard grace > .zero else {
      isKilled = true
      return .kill
    }
    killAt = min(killAt ?? now + grace, now + grace)
    return isFirst ? .terminate : nil
  }

  /// Time has passed.
  package mutating func advance(to now: Duration) -> Step? {
    if why == nil, let deadlineAt, now >= deadlineAt { return stop(.deadline, now: now) }
    guard !isKilled, let killAt, now >= killAt else { return nil }
    isKilled = true
    return .kill
  }

  /// When `advance` will next have something to say.
  package var nextDue: Duration? {
    if isKilled { return nil }
    return killAt ?? (why == nil ? deadlineAt : nil)
  }
}
