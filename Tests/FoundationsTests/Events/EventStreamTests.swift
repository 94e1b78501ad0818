import Foundations
import TestSupport
import Testing

@Suite("Event streams", .timeLimit(.minutes(5)))
struct EventStreamTests {
  @Test("a subscriber is given the replay and then what comes, in order and once")
  func replaysThenFollows() async {
    let stream = EventStream<Int>()
    for number in 1...5 { stream.publish(number) }
    let subscription = stream.subscribe(after: 2)
    for number in 6...8 { stream.publish(number) }
    stream.end()
    #expect(await all(subscription) == (3...8).map { .event(number: $0, $0) })
  }

  @Test("without a number only what is new is given, from the moment of subscribing")
  func followsOnly() async {
    let stream = EventStream<Int>()
    stream.publish(1)
    let subscription = stream.subscribe()
    stream.publish(2)
    stream.end()
    #expect(await all(subscription) == [.event(number: 2, 2)])
  }

  @Test("a slow subscriber learns what it missed, and holds nobody up")
  func slowSubscriber() async {
    let stream = EventStream<Int>(capacity: 3)
    let (slow, quick) = (stream.subscribe(), stream.subscribe())
    var quickly = quick.makeAsyncIterator()
    for number in 1...10 {
      #expect(stream.publish(number) == number)
      #expect(await quickly.next() == .event(number: number, number))
    }
    stream.end()
    #expect(
      await all(slow)
        == [.missed(from: 1, to: 7)] + (8...10).map { .event(number: $0, $0) })
  }

  @Test("a subscriber that waits is woken by an event and by the end")
  func wakes() async {
    let stream = EventStream<String>()
    let follower = Task { await all(stream.subscribe(after: 0)) }
    await untilWaiting(stream, 1)
    stream.publish("a")
    await untilWaiting(stream, 1)
    stream.end()
    #expect(await follower.value == [.event(number: 1, "a")])
    #expect(stream.publish("b") == nil)
    #expect(stream.lastNumber == 1)
  }

  @Test("letting go of the stream ends its subscribers after what is kept")
  func endsWithItsOwner() async {
    func subscriptionOutlivingItsStream() -> EventSubscription<Int> {
      let stream = EventStream<Int>()
      stream.publish(1)
      return stream.subscribe(after: 0)
    }
    #expect(await all(subscriptionOutlivingItsStream()) == [.event(number: 1, 1)])
  }

  @Test("a cancelled subscriber ends at once and leaves nothing behind")
  func cancels() async {
    let stream = EventStream<Int>()
    let followers = (0..<10).map { _ in Task { await all(stream.subscribe()) } }
    await untilWaiting(stream, 10)
    for follower in followers { follower.cancel() }
    for follower in followers { #expect(await follower.value == []) }
    #expect(stream.waitingCount == 0)

    let late = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await all(stream.subscribe())
    }
    #expect(await late.value == [])
    #expect(stream.waitingCount == 0)
  }

  @Test("many publishers and subscribers agree on every number")
  func concurrent() async {
    let (publishers, each) = (8, 500)
    let stream = EventStream<Int>(capacity: publishers * each)
    let numbers = Collected<Int>()
    let stories = await withTaskGroup(of: [EventDelivery<Int>].self) { group in
      for _ in 0..<8 { group.addTask { await all(stream.subscribe(after: 0)) } }
      await withTaskGroup(of: Void.self) { publishing in
        for publisher in 0..<publishers {
          publishing.addTask {
            for event in 0..<each {
              if let number = stream.publish(publisher * each + event) { numbers.note(number) }
              if event % 50 == 0 { await Task.yield() }
            }
          }
        }
      }
      stream.end()
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(numbers.values.sorted() == Array(1...publishers * each))
    #expect(stories.count == 8)
    #expect(stories.allSatisfy { $0 == stories[0] })
    #expect(stories[0].map(\.lastNumber) == Array(1...publishers * each))
    // Each publisher's own events are in the order in which it published them.
    let events = stories[0].compactMap { if case .event(_, let event) = $0 { event } else { nil } }
    #expect(events.count == publishers * each)
    for publisher in 0..<publishers {
      let own = events.filter { $0 / each == publisher }
      #expect(own == own.sorted())
    }
  }

  @Test("with a small buffer every subscriber still accounts for every number")
  func concurrentAndSlow() async {
    let stream = EventStream<Int>(capacity: 4)
    await withTaskGroup(of: Int.self) { group in
      for reader in 0..<6 {
        group.addTask {
          var expected = 1
          for await delivery in stream.subscribe(after: 0) {
            switch delivery {
            case .event(let number, let event): #expect(number == expected && event == number)
            case .missed(let from, let to): #expect(from == expected && to >= from)
            }
            expected = delivery.lastNumber + 1
            if reader.isMultiple(of: 2) { await Task.yield() }
          }
          return expected - 1
        }
      }
      for number in 1...2_000 {
        stream.publish(number)
        if number % 100 == 0 { await Task.yield() }
      }
      stream.end()
      for await last in group { #expect(last == 2_000) }
    }
  }

  @Test("subscribers that come and go while events flow leave nothing behind")
  func comeAndGo() async {
    let stream = EventStream<Int>(capacity: 16)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<200 {
        group.addTask {
          let follower = Task { await all(stream.subscribe()) }
          await Task.yield()
          follower.cancel()
          _ = await follower.value
        }
        group.addTask { stream.publish(0) }
      }
    }
    #expect(stream.waitingCount == 0)
    #expect(stream.lastNumber == 200)
  }
}

private func all<Event>(_ subscription: EventSubscription<Event>) async -> [EventDelivery<Event>] {
  var deliveries: [EventDelivery<Event>] = []
  for await delivery in subscription { deliveries.append(delivery) }
  return deliveries
}

private func untilWaiting(_ stream: EventStream<some Sendable>, _ count: Int) async {
  while stream.waitingCount < count { await Task.yield() }
}
