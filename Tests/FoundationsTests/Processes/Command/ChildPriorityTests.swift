import Foundations
import Testing

@Suite("The priority of a child", .timeLimit(.minutes(5)))
struct ChildPriorityTests {
  private func output(_ command: ChildCommand, _ priority: ChildPriority) async throws -> String {
    var command = command
    command.priority = priority
    let result = try await sharedChildren().run(command).requireSuccess()
    return String(result.output.text.prefix { $0 != "\n" })
  }

  @Test(
    "its nice value is the one given, within what there is",
    arguments: [(5, 5), (19, 19), (99, 19)])
  func niceness(asked: Int32, got: Int) async throws {
    let own = try await Int(output(ChildCommand("nice"), ChildPriority())) ?? 0
    let seen = try await output(ChildCommand("nice"), ChildPriority(niceness: asked))
    #expect(seen == "\(max(own, got))")
  }

  @Test("it is never put before others")
  func never() async throws {
    let own = try await output(ChildCommand("nice"), ChildPriority())
    #expect(try await output(ChildCommand("nice"), ChildPriority(niceness: -10)) == own)
  }

  @Test("its disk class is the one given")
  func disk() async throws {
    #expect(try await output(ChildCommand("ionice"), ChildPriority(disk: .idle)) == "idle")
    #expect(
      try await output(ChildCommand("ionice"), ChildPriority(disk: .low)) == "best-effort: prio 7")
  }
}
