/// Tasks that are suspended until something changes, in the order they came.
///
/// A plain value, to be kept inside a lock. Tasks are taken out inside it and resumed outside.
struct SuspendedTasks {
  /// What resumes a task.
  typealias Resumption = CheckedContinuation<Void, Never>

  /// The task that waited longest, if one waited.
  struct First {
    private let resumption: Resumption?

    init(_ resumption: Resumption? = nil) { self.resumption = resumption }

    func resume() { resumption?.resume() }
  }

  private var waiting: [(id: UInt64, resumption: Resumption)] = []
  private var latest: UInt64 = 0

  /// How many tasks are suspended.
  var count: Int { waiting.count }

  /// A number under which a task can be suspended and found again.
  mutating func newID() -> UInt64 {
    latest += 1
    return latest
  }

  /// Suspends a task.
  mutating func append(_ resumption: Resumption, id: UInt64) { waiting.append((id, resumption)) }

  /// Takes out the task that waited longest.
  mutating func popFirst() -> First {
    waiting.isEmpty ? First() : First(waiting.removeFirst().resumption)
  }

  /// Takes out one task, if it is still suspended.
  mutating func remove(id: UInt64) -> First {
    guard let place = waiting.firstIndex(where: { $0.id == id }) else { return First() }
    return First(waiting.remove(at: place).resumption)
  }

  /// Takes out all tasks.
  mutating func removeAll() -> [First] {
    defer { waiting = [] }
    return waiting.map { First($0.resumption) }
  }
}
