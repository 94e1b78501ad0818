/// The last events of a stream, numbered from 1 without gaps.
///
/// A pure value: it is told of events and asked what comes after a number. What is older than its
/// capacity is forgotten, and whoever asks for it is told so.
package struct EventLog<Event: Sendable>: Sendable {
  /// What comes after a number.
  package enum Answer: Sendable {
    /// An event, or events that are gone.
    case delivery(EventDelivery<Event>)
    /// Nothing yet.
    case nothingYet
    /// Nothing ever.
    case ended
  }

  /// How many events are kept at the most.
  package let capacity: Int
  /// The number of the newest event; 0 before the first.
  package private(set) var last = 0
  /// Whether there will be no more.
  package private(set) var isEnded = false
  // Grows up to the capacity; from then on the event n lies at (n - 1) % capacity.
  private var kept: [Event] = []

  /// An empty log.
  package init(capacity: Int) {
    precondition(capacity >= 1, "a log keeps something")
    self.capacity = capacity
  }

  /// The number of the oldest event that is kept; one more than `last` while there is none.
  package var first: Int { last - kept.count + 1 }

  /// Adds an event and gives its number; nil once the log has ended.
  package mutating func append(_ event: Event) -> Int? {
    guard !isEnded else { return nil }
    if kept.count < capacity {
      kept.append(event)
    } else {
      kept[last % capacity] = event
    }
    last += 1
    return last
  }

  /// Lets nothing more be added; what is kept can still be read.
  package mutating func end() { isEnded = true }

  /// Where a reader begins who has seen everything up to `number`, or who wants only what is new.
  ///
  /// A number that was not given yet comes from another stream, as after a restart of the process.
  /// Such a reader begins at the beginning: it has seen nothing of this one.
  package func place(after number: Int?) -> Int {
    guard let number else { return last }
    return (0...last).contains(number) ? number : 0
  }

  /// What comes after a number.
  package func next(after number: Int) -> Answer {
    if number >= last { return isEnded ? .ended : .nothingYet }
    if number + 1 < first { return .delivery(.missed(from: number + 1, to: first - 1)) }
    return .delivery(.event(number: number + 1, kept[number % capacity]))
  }
}

/// What a subscriber is given.
package enum EventDelivery<Event: Sendable>: Sendable {
  /// The event with its number.
  case event(number: Int, Event)
  /// The events of these numbers are gone: the subscriber was too slow, or came too late.
  case missed(from: Int, to: Int)

  /// The number up to which everything has been told with this.
  package var lastNumber: Int {
    switch self {
    case .event(let number, _): number
    case .missed(_, let last): last
    }
  }
}

extension EventDelivery: Equatable where Event: Equatable {}
