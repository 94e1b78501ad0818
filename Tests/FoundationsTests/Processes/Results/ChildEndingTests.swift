import Foundations
import Glibc
import Testing

@Suite("The ending of a child", .timeLimit(.minutes(5)))
struct ChildEndingTests {
  private func failure(of command: ChildCommand) async throws -> ProcessFailure? {
    let result = try await sharedChildren().run(command)
    #expect(!result.isSuccess)
    return #expect(throws: ProcessFailure.self) { try result.requireSuccess() }
  }

  @Test("an exit status is told from a signal of the same number")
  func told() async throws {
    let children = try sharedChildren()
    #expect(try await children.run(perl("exit 9")).ending == .exited(9))
    let killed = try await children.run(perl("kill 'KILL', $$; sleep 1000"))
    #expect(killed.ending == .signalled(SIGKILL, coreDumped: false))
    #expect(try await children.run(perl("exit 255")).ending == .exited(255))
  }

  @Test("a failure names the program, its status and its last words")
  func words() async throws {
    let script = "print STDERR qq(opening\\nframe=1\\rframe=2\\r\\nno such codec\\n  \\n); exit 187"
    let failure = try await failure(of: perl(script))
    #expect(failure?.code == .processFailed)
    #expect(failure?.ending == .exited(187))
    #expect(failure?.message == "perl ended with status 187: frame=1 / frame=2 / no such codec")
    #expect(failure?.lastLines == ["opening", "frame=1", "frame=2", "no such codec"])
  }

  @Test("a failure without last words still says what happened")
  func silent() async throws {
    let failure = try await failure(of: perl("exit 2"))
    #expect(failure?.message == "perl ended with status 2")
  }

  @Test("very long last words are shortened")
  func longWords() async throws {
    let failure = try await failure(of: perl("print STDERR 'x' x 5000; exit 1"))
    #expect((failure?.message.count ?? .max) < 300)
  }

  @Test("a crash names the signal and may be tried again")
  func crash() async throws {
    let failure = try await failure(of: perl("kill 'SEGV', $$; sleep 1000"))
    #expect(failure?.code == .processKilled)
    #expect(failure?.kind == .unavailable)
    #expect(failure?.message == "perl was ended by SIGSEGV")
  }

  @Test("a signal that the child catches is no ending by signal")
  func caught() async throws {
    let result = try await sharedChildren().run(
      perl("$SIG{TERM} = sub { exit 4 }; kill 'TERM', $$; sleep 1000"))
    #expect(result.ending == .exited(4))
    #expect(result.stopped == nil)
  }
}
