import Synchronization

/// What concurrent work noted down, in the order in which it came.
package final class Collected<Value: Sendable>: Sendable {
  private let noted = Mutex<[Value]>([])

  /// Nothing noted yet.
  package init() {}

  /// Notes one more.
  package func note(_ value: Value) { noted.withLock { $0.append(value) } }

  /// All that was noted so far.
  package var values: [Value] { noted.withLock { $0 } }
}
