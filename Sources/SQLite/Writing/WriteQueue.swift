import Foundations

/// The writes that wait for their turn: a plain value, kept inside the writer's lock.
struct WriteQueue {
  private var urgent: [WriteRequest] = []
  private var ordinary: [WriteRequest] = []

  /// Whether nothing waits.
  var isEmpty: Bool { urgent.isEmpty && ordinary.isEmpty }

  /// How many writes wait.
  var count: Int { urgent.count + ordinary.count }

  /// Puts a write at the end of those of its urgency.
  mutating func append(_ request: WriteRequest) {
    switch request.urgency {
    case .urgent: urgent.append(request)
    case .ordinary: ordinary.append(request)
    }
  }

  /// Takes the next write out: the urgent ones first.
  mutating func next() -> WriteRequest? {
    if !urgent.isEmpty { return urgent.removeFirst() }
    return ordinary.isEmpty ? nil : ordinary.removeFirst()
  }

  /// Takes one write out; false where its turn has come already.
  mutating func remove(_ request: WriteRequest) -> Bool {
    let before = count
    urgent.removeAll { $0 === request }
    ordinary.removeAll { $0 === request }
    return count < before
  }

  /// Takes all writes out that have waited too long.
  mutating func removeOverdue(_ now: Duration) -> [WriteRequest] {
    let overdue = (urgent + ordinary).filter { $0.deadline <= now }
    urgent.removeAll { $0.deadline <= now }
    ordinary.removeAll { $0.deadline <= now }
    return overdue
  }

  /// Takes all writes out.
  mutating func removeAll() -> [WriteRequest] {
    defer { self = WriteQueue() }
    return urgent + ordinary
  }
}
