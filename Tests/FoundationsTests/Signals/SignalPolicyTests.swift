import Foundations
import Glibc
import Testing

@Suite("What a signal means")
struct SignalPolicyTests {
  @Test("the first of any kind stops the work", arguments: [SIGINT, SIGTERM, SIGHUP])
  func first(signal: Int32) {
    var policy = SignalPolicy()
    #expect(policy.receive(signal) == .stop(.signal(signal)))
  }

  @Test("a second SIGINT ends the process at once")
  func second() {
    var policy = SignalPolicy()
    _ = policy.receive(SIGINT)
    #expect(policy.receive(SIGINT) == .end(130))
  }

  @Test("nothing else does, however often it comes")
  func others() {
    var policy = SignalPolicy()
    _ = policy.receive(SIGTERM)
    #expect(policy.receive(SIGTERM) == .ignore)
    #expect(policy.receive(SIGHUP) == .ignore)
    #expect(policy.receive(SIGINT) == .ignore)
    #expect(policy.receive(SIGINT) == .end(130))
  }

  @Test("the exit status tells which it was")
  func statuses() {
    #expect(StopReason.signal(SIGINT).exitStatus == 130)
    #expect(StopReason.signal(SIGTERM).exitStatus == 143)
    #expect(StopReason.signal(SIGHUP).exitStatus == 129)
    #expect(StopReason.cancelled.exitStatus == 130)
    #expect(StopReason.deadline.exitStatus == 75)
  }
}
