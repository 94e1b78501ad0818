import Foundations

/// What the threads that write share: a plain value, kept inside the writer's lock.
struct WriterState {
  /// What the writer's own thread is to do.
  enum Order { case write, bringHome, rest, end }

  var queue = WriteQueue()
  var isClosed = false
  var hasEnded = false
  var onEnd: [@Sendable () -> Void] = []
  /// The connection and what belongs to it, while nobody has taken it out to write.
  var free: WriterWork?
  /// When the log is to be emptied, unless something is written before.
  private(set) var restAt: Duration?
  private var needsHome = false
  private let idleAfter: Duration

  init(idleAfter: Duration) { self.idleAfter = idleAfter }

  /// Takes the connection out for a thread that writes for itself; nil where it has to wait.
  mutating func begin() -> WriterWork? {
    // The log is brought home without anybody waiting for it, but before it grows.
    guard !needsHome else { return nil }
    defer { free = nil }
    return free
  }

  /// Puts the connection back; whether there is something for the writer's own thread.
  mutating func end(_ work: WriterWork?) -> Bool {
    // Whoever has it looks into the queue when it comes back.
    guard let work else { return false }
    free = work
    needsHome = work.needsHome
    let wasWaiting = restAt != nil
    restAt = work.isLogDue ? SystemTime().uptime + idleAfter : nil
    return !queue.isEmpty || needsHome || isClosed || (restAt != nil) != wasWaiting
  }

  /// What is to be done, with the connection; an inner nil where the time to wait has to be reckoned
  /// anew, an outer one where there is nothing.
  mutating func order(
    at now: Duration, knowing known: Duration?
  ) -> (order: Order, work: WriterWork)?? {
    guard let work = free else { return nil }
    let order: Order
    if needsHome {
      order = .bringHome
    } else if !queue.isEmpty {
      order = .write
    } else if isClosed {
      order = .end
    } else if let restAt, restAt <= now {
      order = .rest
    } else {
      return (restAt != nil) != (known != nil) ? .some(nil) : nil
    }
    free = nil
    return (order, work)
  }
}
