import Foundations
import Testing

@Suite("Child processes", .timeLimit(.minutes(5)))
struct ChildProcessesTests {
  @Test("a program's output, errors and status come back")
  func runs() async throws {
    let command = perl("print 'to you'; print STDERR 'to the log'; exit 0")
    let result = try await sharedChildren().run(command)
    #expect(result.ending == .exited(0))
    #expect(result.isSuccess)
    #expect(result.output.text == "to you")
    #expect(result.errors.text == "to the log")
    #expect(result.stopped == nil)
    #expect(result.survivors.isEmpty)
  }

  @Test("arguments arrive one by one and mean nothing to a shell")
  func arguments() async throws {
    let odd: [ChildArgument] = ["a b", "$HOME", "*", "'\"", "", "\n", "; exit 3", "-x"]
    var command = perl("print join('|', map { length($_) . ':' . $_ } @ARGV)")
    command.arguments += odd
    command.arguments.append(ChildArgument("file=", FilePath(bytes: [0xff, 0x2f, 0xfe])))
    let result = try await sharedChildren().run(command)
    let expected = odd.map { "\($0.bytes.count):\($0)" }.joined(separator: "|") + "|8:file="
    #expect(result.output.bytes == Array(expected.utf8) + [0xff, 0x2f, 0xfe])
  }

  @Test("sixty-four children run at once and each gets its own output")
  func many() async throws {
    let children = try sharedChildren()
    let outputs = try await withThrowingTaskGroup(of: (Int, String).self) { group in
      for number in 0..<64 {
        group.addTask {
          var command = perl("print <STDIN>; print ' ', $ARGV[0]", "\(number)")
          command.input = .bytes(Array("child".utf8))
          return (number, try await children.run(command).requireSuccess().output.text)
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    #expect(outputs.count == 64)
    for (number, output) in outputs { #expect(output == "child \(number)") }
  }

  @Test("more children than agreed are refused, and a place that is free again is given")
  func limit() async throws {
    let children = try ChildProcesses(limit: 1)
    let (first, _) = try await startReady(sleeper(), in: children)
    let failure = await #expect(throws: ProcessFailure.self) {
      try await children.start(perl("1"))
    }
    #expect(failure?.code == .processExhausted)
    first.stop(grace: .zero)
    _ = await first.wait()
    #expect(try await children.run(perl("exit 0")).isSuccess)
  }

  @Test("a start that fails gives its place back")
  func failedStart() async throws {
    let children = try ChildProcesses(limit: 1)
    await #expect(throws: ProcessFailure.self) {
      try await children.start(ChildCommand("/no/such"))
    }
    #expect(try await children.run(perl("exit 0")).isSuccess)
  }

  @Test("three hundred children leave no descriptor and no zombie behind")
  func leaks() async throws {
    // In a process of its own: elsewhere in this one other tests open files.
    await #expect(processExitsWith: .success) {
      let children = try ChildProcesses()
      func runSome(_ count: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 0..<count {
            group.addTask {
              var command = perl("print <STDIN>; exit \(number % 3)")
              command.input = .bytes([1, 2, 3])
              _ = try await children.run(command)
            }
            if number % 3 == 0 {
              group.addTask { _ = try? await children.run(ChildCommand("/no/such")) }
            }
          }
          try await group.waitForAll()
        }
      }
      // What is opened once and kept is open after the first.
      try await runSome(1)
      let before = try entries(of: "/proc/self/fd").count
      for _ in 0..<10 { try await runSome(30) }
      #expect(try entries(of: "/proc/self/fd").count == before)
      #expect(try ownChildren().isEmpty)
    }
  }
}
