import Foundations
import Synchronization
import Testing

@Suite("Reporting progress")
struct ProgressSinkTests {
  final class Received: Sendable {
    private let updates = Mutex<[ProgressUpdate]>([])
    func add(_ update: ProgressUpdate) { updates.withLock { $0.append(update) } }
    var all: [ProgressUpdate] { updates.withLock { $0 } }
  }

  @Test("A share is between nothing and all, whatever is reported")
  func bounds() {
    #expect(ProgressUpdate(fraction: 0.4).fraction == 0.4)
    #expect(ProgressUpdate(fraction: 7).fraction == 1)
    #expect(ProgressUpdate(fraction: -1).fraction == 0)
    #expect(ProgressUpdate(fraction: .nan).fraction == 0)
    #expect(ProgressUpdate(fraction: nil).fraction == nil)
    #expect(ProgressUpdate(3, of: 12, .frames).fraction == 0.25)
    #expect(ProgressUpdate(3, of: 0, .frames).fraction == nil)
    #expect(ProgressUpdate(3, of: nil, .bytes).fraction == nil)
  }

  @Test("A step reports its part of the whole")
  func parts() {
    let received = Received()
    let whole = ProgressSink { received.add($0) }
    let half = whole.part(0.5...1)
    half.report(0.5, "half of the half")
    half.part(0...0.5).report(1)
    half.report(ProgressUpdate(1, of: 4, .bytes))
    half.report(nil)
    #expect(received.all.map(\.fraction) == [0.75, 0.75, 0.625, 0.5])
    #expect(received.all.first?.message == "half of the half")
    ProgressSink.none.report(0.1)
  }

  @Test("Of many updates the first of each interval comes through, and the last always")
  func coalesces() {
    let time = ManualTime()
    let received = Received()
    let coalescer = ProgressCoalescer(every: .seconds(1), time: time) { received.add($0) }
    for step in 0..<250 {
      coalescer.sink.report(Double(step) / 250)
      time.advance(by: .milliseconds(10))
    }
    #expect(received.all.map(\.done) == [0, 0.4, 0.8])
    coalescer.finish()
    coalescer.finish()
    coalescer.sink.report(0.1)
    #expect(received.all.map(\.done) == [0, 0.4, 0.8, 0.996])
  }

  @Test("Nothing reported is nothing received")
  func silent() {
    let received = Received()
    let coalescer = ProgressCoalescer(every: .zero, time: ManualTime()) { received.add($0) }
    coalescer.finish()
    #expect(received.all.isEmpty)
  }

  @Test("A receiver may report to the same sink", .timeLimit(.minutes(5)))
  func reentrant() {
    let received = Received()
    let holder = Mutex<ProgressCoalescer?>(nil)
    let coalescer = ProgressCoalescer(every: .zero, time: ManualTime()) { update in
      received.add(update)
      if update.done < 0.5 { holder.withLock { $0 }?.sink.report(update.done + 0.25) }
    }
    holder.withLock { $0 = coalescer }
    coalescer.sink.report(0)
    holder.withLock { $0 = nil }
    #expect(received.all.map(\.done) == [0, 0.25, 0.5])
  }

  @Test(
    "From many threads, one is received at a time and the last is the end", .timeLimit(.minutes(5)))
  func threads() async throws {
    let received = Received()
    let inside = Atomic<Int>(0)
    let most = Mutex(0)
    let coalescer = ProgressCoalescer(every: .zero, time: ManualTime()) { update in
      let count = inside.add(1, ordering: .sequentiallyConsistent).newValue
      most.withLock { $0 = max($0, count) }
      received.add(update)
      inside.subtract(1, ordering: .sequentiallyConsistent)
    }
    try await onThreads(
      (0..<8).map { _ in
        { for step in 0..<200 { coalescer.sink.report(Double(step) / 400) } }
      })
    coalescer.sink.report(1, "end")
    coalescer.finish()
    #expect(most.withLock { $0 } == 1)
    #expect(received.all.last == ProgressUpdate(fraction: 1, "end"))
  }
}
