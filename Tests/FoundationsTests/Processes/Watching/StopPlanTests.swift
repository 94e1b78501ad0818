import Foundations
import Testing

@Suite("The plan for stopping a child")
struct StopPlanTests {
  private func plan(deadline: Duration? = nil, grace: Duration = .seconds(2)) -> StopPlan {
    StopPlan(deadline: deadline, grace: grace, now: .seconds(100))
  }

  @Test("nothing happens of itself without a deadline")
  func nothing() {
    var plan = plan()
    #expect(plan.advance(to: .seconds(1_000_000)) == nil)
    #expect(plan.nextDue == nil)
    #expect(plan.why == nil)
  }

  @Test("first it is asked to end, and after the grace it is made to, once")
  func grace() {
    var plan = plan()
    #expect(plan.stop(.asked(.cancelled), now: .seconds(110)) == .terminate)
    #expect(plan.nextDue == .seconds(112))
    #expect(plan.advance(to: .milliseconds(111_999)) == nil)
    #expect(plan.advance(to: .seconds(112)) == .kill)
    #expect(plan.advance(to: .seconds(200)) == nil)
    #expect(plan.nextDue == nil)
  }

  @Test("a deadline counts from the start and stops it the same way")
  func deadline() {
    var plan = plan(deadline: .seconds(10))
    #expect(plan.nextDue == .seconds(110))
    #expect(plan.advance(to: .seconds(109)) == nil)
    #expect(plan.advance(to: .seconds(110)) == .terminate)
    #expect(plan.why == .deadline)
    #expect(plan.advance(to: .seconds(112)) == .kill)
  }

  @Test("without grace it is killed at once")
  func withoutGrace() {
    var plan = plan()
    #expect(plan.stop(.asked(.cancelled), grace: .zero, now: .seconds(101)) == .kill)
    #expect(plan.stop(.asked(.cancelled), grace: .zero, now: .seconds(101)) == nil)
  }

  @Test("a second wish can shorten the grace and never lengthens it")
  func second() {
    var plan = plan(grace: .seconds(10))
    #expect(plan.stop(.asked(.cancelled), now: .seconds(100)) == .terminate)
    #expect(plan.stop(.asked(.cancelled), grace: .seconds(60), now: .seconds(101)) == nil)
    #expect(plan.nextDue == .seconds(110))
    #expect(plan.stop(.asked(.cancelled), grace: .seconds(1), now: .seconds(102)) == nil)
    #expect(plan.nextDue == .seconds(103))
    #expect(plan.stop(.asked(.cancelled), grace: .zero, now: .seconds(102)) == .kill)
  }

  @Test("the first reason stays")
  func reason() {
    var plan = plan(deadline: .seconds(1))
    _ = plan.stop(.asked(.signal(15)), now: .milliseconds(100_500))
    #expect(plan.advance(to: .seconds(101)) == nil)
    _ = plan.stop(.outputLimit(.output), grace: .zero, now: .seconds(101))
    #expect(plan.why == .asked(.signal(15)))
  }
}
