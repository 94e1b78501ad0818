/// Events that many publish and many follow, each subscriber in order and exactly once.
///
/// Publishing never waits. There is one buffer, of the last `capacity` events, and each subscriber
/// has only a place in it: a slow one holds nobody up and costs no memory, and where the buffer
/// has moved on past its place it is told which numbers it missed. A subscriber that comes back
/// names the last number it saw and is given what followed.
///
/// Letting go of the stream ends it; subscribers are still given what is kept.
package final class EventStream<Event: Sendable>: Sendable {
  private let hub: EventHub<Event>

  /// An empty stream that keeps the last `capacity` events.
  package init(capacity: Int = 1_000) { hub = EventHub(capacity: capacity) }

  deinit { hub.end() }

  /// Adds an event and gives its number, from 1; nil once the stream has ended.
  @discardableResult
  package func publish(_ event: Event) -> Int? { hub.publish(event) }

  /// Ends the stream; subscribers end when they have read what is kept.
  package func end() { hub.end() }

  /// The number of the newest event; 0 before the first.
  package var lastNumber: Int { hub.lastNumber }

  /// How many subscribers wait for the next event at this moment.
  package var waitingCount: Int { hub.waitingCount }

  /// The events after a number, and then those to come; without a number only those to come.
  ///
  /// `after: 0` asks for all. A number this stream has not reached comes from another one, and
  /// asks for all as well. The place is taken now, not when the first event is awaited.
  package func subscribe(after number: Int? = nil) -> EventSubscription<Event> {
    EventSubscription(hub: hub, place: hub.place(after: number))
  }
}

/// A subscriber's view of a stream; ends with the stream, or when its task is cancelled.
package struct EventSubscription<Event: Sendable>: AsyncSequence, Sendable {
  let hub: EventHub<Event>
  let place: Int

  package func makeAsyncIterator() -> Iterator { Iterator(hub: hub, place: place) }

  /// A place in the stream.
  package struct Iterator: AsyncIteratorProtocol {
    let hub: EventHub<Event>
    var place: Int

    package mutating func next() async -> EventDelivery<Event>? {
      while !Task.isCancelled {
        switch hub.next(after: place) {
        case .delivery(let delivery):
          place = delivery.lastNumber
          return delivery
        case .ended: return nil
        case .nothingYet: await hub.waitForMore(after: place)
        }
      }
      return nil
    }
  }
}
