import Foundations
import TestSupport
import Testing

@Suite("Stop flags", .timeLimit(.minutes(5)))
struct StopFlagTests {
  @Test("the first reason stays")
  func firstReasonStays() {
    let flag = StopFlag()
    #expect(!flag.isStopped)
    #expect(flag.reason == nil)
    #expect(throws: Never.self) { try flag.check() }
    flag.stop(.deadline)
    flag.stop(.signal(15))
    #expect(flag.isStopped)
    #expect(flag.reason == .deadline)
    let failure = #expect(throws: StoppedFailure.self) { try flag.check() }
    #expect(failure?.code == .deadlinePassed)
  }

  @Test(
    "each reason has its own failure",
    arguments: [
      (.cancelled, "stopped", .cancelled, "cancelled"),
      (.signal(2), "stopped", .cancelled, "stopped by signal 2"),
      (.deadline, "deadline.passed", .unavailable, "stopped because its time was up"),
    ] as [(StopReason, String, FailureKind, String)])
  func failures(reason: StopReason, code: String, kind: FailureKind, message: String) {
    let failure = StoppedFailure(reason)
    #expect(failure.code.name == code)
    #expect(failure.kind == kind)
    #expect(failure.message == message)
  }

  @Test("a child stops with its parent, a parent does not stop with its child")
  func parents() {
    let parent = StopFlag()
    let (child, sibling) = (StopFlag(under: parent), StopFlag(under: parent))
    let grandchild = StopFlag(under: child)
    child.stop()
    #expect(grandchild.isStopped)
    #expect(!parent.isStopped)
    #expect(!sibling.isStopped)
    parent.stop(.signal(15))
    #expect(sibling.reason == .signal(15))
    #expect(child.reason == .cancelled)
  }

  @Test("a child of a stopped parent is stopped from the start")
  func bornStopped() {
    let parent = StopFlag()
    parent.stop(.deadline)
    #expect(StopFlag(under: parent).reason == .deadline)
  }

  @Test("actions run once, in the order they came, or at once when it is too late to wait")
  func actions() {
    let flag = StopFlag()
    let ran = Collected<Int>()
    for number in 1...20 { flag.onStop { _ in ran.note(number) } }
    flag.stop()
    flag.stop()
    #expect(ran.values == Array(1...20))
    let token = flag.onStop { _ in ran.note(21) }
    #expect(token == nil)
    #expect(ran.values.last == 21)
  }

  @Test("an action taken back does not run")
  func takesBack() {
    let flag = StopFlag()
    let ran = Collected<Bool>()
    let token = flag.onStop { _ in ran.note(true) }
    flag.removeAction(token)
    flag.removeAction(nil)
    flag.stop()
    #expect(ran.values.isEmpty)
  }

  @Test("an action may use the flag it waits on")
  func actionsMayUseTheFlag() {
    let flag = StopFlag()
    let seen = Collected<StopReason?>()
    flag.onStop { _ in
      seen.note(flag.reason)
      flag.onStop { again in seen.note(again) }
    }
    flag.stop(.signal(1))
    #expect(seen.values == [.signal(1), .signal(1)])
  }

  @Test("a child that is gone leaves nothing with its parent")
  func childrenLeaveNothing() {
    let parent = StopFlag()
    weak var gone: StopFlag?
    do {
      let child = StopFlag(under: parent)
      gone = child
      #expect(gone != nil)
    }
    #expect(gone == nil)
    parent.stop()
  }

  @Test("of many who stop it at once one wins, and every action runs once")
  func concurrentStops() async {
    for _ in 0..<50 {
      let flag = StopFlag()
      let ran = Collected<Int>()
      await withTaskGroup(of: Void.self) { group in
        for number in 0..<8 {
          group.addTask { flag.stop(.signal(Int32(number))) }
          group.addTask { flag.onStop { _ in ran.note(number) } }
        }
      }
      #expect(flag.isStopped)
      #expect(ran.values.sorted() == Array(0..<8))
    }
  }
}
