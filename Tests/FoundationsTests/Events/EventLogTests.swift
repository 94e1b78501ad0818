import Foundations
import TestSupport
import Testing

@Suite("Event logs")
struct EventLogTests {
  @Test("events are numbered from 1 without gaps")
  func numbers() {
    var log = EventLog<String>(capacity: 2)
    #expect(log.last == 0)
    #expect((1...5).map { log.append("\($0)") } == [1, 2, 3, 4, 5])
    #expect(log.last == 5)
  }

  @Test("a reader is given all from the beginning, in order, and then waits")
  func reads() {
    var log = EventLog<String>(capacity: 10)
    #expect(read(log, after: 0) == [])
    for letter in ["a", "b", "c"] { _ = log.append(letter) }
    #expect(
      read(log, after: 0) == [
        .event(number: 1, "a"), .event(number: 2, "b"), .event(number: 3, "c"),
      ])
    #expect(read(log, after: 2) == [.event(number: 3, "c")])
    #expect(read(log, after: 3) == [])
  }

  @Test("what is no longer kept is named and not passed over")
  func missed() {
    var log = EventLog<Int>(capacity: 3)
    for number in 1...10 { _ = log.append(number) }
    #expect(log.first == 8)
    let rest: [EventDelivery<Int>] = (8...10).map { .event(number: $0, $0) }
    #expect(read(log, after: 0) == [.missed(from: 1, to: 7)] + rest)
    #expect(read(log, after: 6) == [.missed(from: 7, to: 7)] + rest)
    #expect(read(log, after: 7) == rest)
  }

  @Test("an ended log takes no more, and is still read to its end")
  func ends() {
    var log = EventLog<Int>(capacity: 3)
    _ = log.append(1)
    log.end()
    log.end()
    #expect(log.append(2) == nil)
    #expect(log.last == 1)
    guard case .delivery(.event(number: 1, 1)) = log.next(after: 0),
      case .ended = log.next(after: 1)
    else {
      Issue.record("not read to the end")
      return
    }
  }

  @Test("a reader with a number from another stream begins at the beginning")
  func foreignNumbers() {
    var log = EventLog<Int>(capacity: 3)
    for number in 1...2 { _ = log.append(number) }
    #expect(log.place(after: nil) == 2)
    #expect(log.place(after: 0) == 0)
    #expect(log.place(after: 1) == 1)
    #expect(log.place(after: 2) == 2)
    #expect(log.place(after: 3) == 0)
    #expect(log.place(after: .max) == 0)
    #expect(log.place(after: -1) == 0)
  }

  @Test("any reader of any log is told of every number once, in order")
  func everyNumberOnce() throws {
    try property("event numbers", times: 300) { generator in
      var log = EventLog<Int>(capacity: Int.random(in: 1...8, using: &generator))
      var places = [Int](repeating: 0, count: 3)
      for _ in 0..<60 {
        if Bool.random(using: &generator) { _ = log.append(log.last + 1) }
        let reader = Int.random(in: 0..<3, using: &generator)
        guard case .delivery(let delivery) = log.next(after: places[reader]) else {
          #expect(places[reader] == log.last)
          continue
        }
        switch delivery {
        case .event(let number, let event):
          #expect(number == places[reader] + 1 && event == number)
        case .missed(let from, let to):
          #expect(from == places[reader] + 1 && to >= from && to == log.first - 1)
        }
        places[reader] = delivery.lastNumber
      }
    }
  }

  private func read<Event>(_ log: EventLog<Event>, after number: Int) -> [EventDelivery<Event>] {
    var place = number
    var deliveries: [EventDelivery<Event>] = []
    while case .delivery(let delivery) = log.next(after: place) {
      deliveries.append(delivery)
      place = delivery.lastNumber
    }
    return deliveries
  }
}
