import Foundations
import Glibc
import Testing

@Suite("The environment of a child", .timeLimit(.minutes(5)))
struct ChildEnvironmentTests {
  /// The variables a child sees, without the mark that each has.
  private func seen(_ environment: ChildEnvironment) async throws -> [String] {
    var command = ChildCommand("/usr/bin/env", ["-0"])
    command.environment = environment
    let result = try await sharedChildren().run(command).requireSuccess()
    let entries = result.output.text.split(separator: "\0").map(String.init)
    #expect(entries.filter { $0.hasPrefix("\(ChildMark.variable)=\(getpid()).") }.count == 1)
    return entries.filter { !$0.hasPrefix(ChildMark.variable) }
  }

  @Test("is exactly what was set")
  func exact() async throws {
    let environment = ChildEnvironment.empty
      .setting("B", to: "2").setting("A", to: "ä = $B\n").setting("C", to: "")
    #expect(try await seen(environment) == ["A=ä = $B\n", "B=2", "C="])
  }

  @Test("is empty if wished")
  func empty() async throws {
    #expect(try await seen(.empty) == [])
  }

  @Test("holds of this process's variables those that are named")
  func named() async throws {
    setenv("MEDIARY_TEST_SHARED", "yes", 1)
    setenv("MEDIARY_TEST_SECRET", "no", 1)
    let environment = ChildEnvironment.inheriting(["MEDIARY_TEST_SHARED", "MEDIARY_TEST_UNSET"])
    #expect(try await seen(environment) == ["MEDIARY_TEST_SHARED=yes"])
  }

  @Test("holds no secret by default, and what programs are found by")
  func usual() async throws {
    setenv("MEDIARY_TEST_SECRET", "no", 1)
    let names = try await seen(.usual).map { $0.prefix { $0 != "=" } }
    #expect(names.contains("PATH"))
    #expect(!names.contains("MEDIARY_TEST_SECRET"))
  }

  @Test("can be all of this process's, with changes")
  func everything() async throws {
    setenv("MEDIARY_TEST_SHARED", "yes", 1)
    setenv("MEDIARY_TEST_SECRET", "no", 1)
    let environment = ChildEnvironment.everything
      .removing("MEDIARY_TEST_SECRET").setting("MEDIARY_TEST_SHARED", to: "changed")
    let seen = try await seen(environment)
    #expect(seen.contains("MEDIARY_TEST_SHARED=changed"))
    #expect(!seen.contains("MEDIARY_TEST_SHARED=yes"))
    #expect(!seen.contains { $0.hasPrefix("MEDIARY_TEST_SECRET") })
    #expect(seen.contains { $0.hasPrefix("PATH=") })
  }

  @Test("has one mark, though this process be somebody's child itself")
  func oneMark() async throws {
    await #expect(processExitsWith: .success) {
      setenv(ChildMark.variable, "1.2.3", 1)
      var command = ChildCommand("/usr/bin/env")
      command.environment = .everything
      let result = try await ChildProcesses().run(command).requireSuccess()
      let marks = result.output.text.split(separator: "\n")
        .filter { $0.hasPrefix("\(ChildMark.variable)=") }
      #expect(marks.count == 1)
      #expect(marks.first?.hasPrefix("\(ChildMark.variable)=\(getpid()).") == true)
    }
  }

  @Test("cannot hold a variable that is none", arguments: ["", "A=B", "A\0B"])
  func impossible(name: String) async throws {
    var command = perl("1")
    command.environment = .usual.setting(name, to: "x")
    let failure = await #expect(throws: ProcessFailure.self) {
      try await sharedChildren().run(command)
    }
    #expect(failure?.code == .processBadArgument)
  }

  @Test("cannot hold a value with a NUL byte in it, and the failure names the variable only")
  func impossibleValue() async throws {
    var command = perl("1")
    command.environment = .usual.setting("TOKEN", to: "secret\0")
    let failure = await #expect(throws: ProcessFailure.self) {
      try await sharedChildren().run(command)
    }
    #expect(failure?.message == "perl cannot be given the variable TOKEN")
  }
}
