/// A queue of a fixed length between those who make and those who use, on threads or in tasks.
///
/// Whoever is too quick waits: that is the back-pressure. Elements need not be copyable, so that a
/// decoded frame can pass through with one owner at any time. Every element put is either taken
/// once, or freed with the queue; a `put` that throws frees its element.
///
/// Each waiting operation exists twice under one name. In a synchronous function the thread stands
/// still, which only threads of our own may do; in an asynchronous one the task is suspended, which
/// the compiler sees to by itself.
package final class BoundedQueue<Element: ~Copyable & Sendable>: Sendable {
  struct State: ~Copyable {
    var elements: RingBuffer<Element>
    var ending: Ending?
    var takers = SuspendedTasks()
    var putters = SuspendedTasks()

    /// Whether somebody who wants to put or take must wait, as far as the queue itself goes.
    func mustWait(_ side: Side) -> Bool {
      switch side {
      case .putting: ending == nil && elements.isFull
      case .taking: ending == nil && elements.count == 0
      }
    }

    /// The tasks that wait on a side.
    subscript(side: Side) -> SuspendedTasks {
      get { side == .putting ? putters : takers }
      set { if side == .putting { putters = newValue } else { takers = newValue } }
    }
  }

  /// The two ends of the queue.
  enum Side { case putting, taking }

  /// How a queue that takes no more ends for those who take.
  enum Ending {
    case closed
    case failed(any Error)
  }

  /// What a successful look at the queue came to.
  struct Taken: ~Copyable {
    /// The element; nil at the queue's end.
    var element: Element?
    /// Who may have waited for the room it leaves.
    let putter: SuspendedTasks.First
  }

  let monitor: Monitor<State>
  let stop: StopFlag?
  private let stopToken: Int?

  /// A queue for at most `capacity` elements; the flag ends every wait once it is raised.
  package init(capacity: Int, stop: StopFlag? = nil) {
    let monitor = Monitor(State(elements: RingBuffer(capacity: capacity)))
    self.monitor = monitor
    self.stop = stop
    // Weak, so that a flag that outlives the queue does not hold its elements.
    stopToken = stop?.onStop { [weak monitor] _ in
      guard let monitor else { return }
      Self.wakeAll(monitor)
    }
  }

  deinit { stop?.removeAction(stopToken) }

  /// How many elements wait to be taken.
  package var count: Int { monitor.withLock { $0.elements.count } }

  /// Puts an element in, and waits while the queue is full.
  ///
  /// Throws `queue.closed` after `close`, the error after `fail`, and once the flag is raised.
  package func put(_ element: consuming Element) throws {
    var held: Element? = consume element
    let taker = try monitor.wait { state in try enter(&held, &state) }
    monitor.notify()
    taker.resume()
  }

  /// Takes the first element out, and waits while there is none; nil once the queue is closed and
  /// empty.
  ///
  /// After `fail` it gives what was put before, and then throws the error.
  package func take() throws -> Element? {
    let taken = try monitor.wait { state in try leave(&state) }
    monitor.notify()
    taken.putter.resume()
    return taken.element
  }

  /// Takes no more elements; what is in the queue can still be taken.
  ///
  /// Only the first ending counts.
  package func close() { end(.closed) }

  /// Takes no more elements and has both sides throw the error: who puts, at once; who takes, after
  /// the elements that came before it.
  package func fail(_ error: any Error) { end(.failed(error)) }

  private func end(_ ending: Ending) {
    monitor.withLock { state in
      if state.ending == nil { state.ending = ending }
    }
    Self.wakeAll(monitor)
  }

  /// Puts the element in and gives the task to wake; nil where it has to wait.
  func enter(_ held: inout Element?, _ state: inout State) throws -> SuspendedTasks.First? {
    try stop?.check()
    switch state.ending {
    case .closed: throw QueueFailure()
    case .failed(let error): throw error
    case nil: break
    }
    guard !state.elements.isFull, let element = held.take() else { return nil }
    state.elements.append(element)
    return state.takers.popFirst()
  }

  /// Takes an element or learns of the end; nil where it has to wait.
  func leave(_ state: inout State) throws -> Taken? {
    try stop?.check()
    if let element = state.elements.popFirst() {
      return Taken(element: element, putter: state.putters.popFirst())
    }
    switch state.ending {
    case .closed: return Taken(element: nil, putter: .init())
    case .failed(let error): throw error
    case nil: return nil
    }
  }

  private static func wakeAll(_ monitor: Monitor<State>) {
    monitor.notify()
    for task in monitor.withLock({ $0.takers.removeAll() + $0.putters.removeAll() }) {
      task.resume()
    }
  }
}

/// The queue takes nothing more.
package struct QueueFailure: Failure {
  package let code = FailureCode.queueClosed
  package let message = "the queue is closed and takes nothing more"
  package var hint: String? { nil }
  package var cause: (any Error)? { nil }
}

extension FailureCode {
  /// Something was put into a queue that is closed.
  package static let queueClosed = FailureCode(
    "queue.closed", .unavailable, "Work was handed over after its receiver had ended.")
}
