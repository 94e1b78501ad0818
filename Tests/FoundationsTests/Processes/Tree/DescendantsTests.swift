import Foundations
import Glibc
import Testing

@Suite("The descendants of a child", .timeLimit(.minutes(5)))
struct DescendantsTests {
  /// Perl for a descendant: prints its number and sleeps through every signal it can.
  private static let stay =
    "$SIG{$_} = 'IGNORE' for qw(TERM HUP INT); print qq($$\\n); close STDOUT; sleep 1000 while 1;"

  /// The ways a descendant can leave its family, as Perl that runs in the child.
  enum Leaving: String, CaseIterable, CustomTestStringConvertible {
    case notAtAll = "if (!fork) { STAY }"
    case ownGroup = "if (!fork) { setpgrp; STAY }"
    case ownSession = "use POSIX; if (!fork) { POSIX::setsid(); STAY }"
    case doubleFork =
      "use POSIX; if (!fork) { POSIX::setsid(); exit if fork; STAY } wait"
    case doubleForkAndExec =
      "use POSIX; if (!fork) { POSIX::setsid(); exit if fork; exec 'perl', '-e', q($| = 1; STAY) } wait"
    case withoutEnvironment =
      "if (!fork) { setpgrp; %ENV = (PATH => $ENV{PATH}); exec 'perl', '-e', q($| = 1; STAY) }"

    var testDescription: String { "\(self)".description }
    var script: String { rawValue.replacing("STAY", with: DescendantsTests.stay) }
  }

  @Test("are killed with it, however they have left its group", arguments: Leaving.allCases)
  func killed(leaving: Leaving) async throws {
    var command = perl("$| = 1; \(leaving.script); sleep 1000 while 1")
    command.output = .lines()
    let (child, line) = try await startReady(command, in: sharedChildren())
    let descendant = try #require(Int32(line))
    #expect(isAlive(descendant))
    child.stop(grace: .zero)
    let result = await child.wait()
    #expect(!isAlive(descendant))
    #expect(result.survivors.isEmpty)
    #expect(result.ending == .signalled(SIGKILL, coreDumped: false))
  }

  @Test("do not outlive a child that ends by itself", arguments: Leaving.allCases)
  func ended(leaving: Leaving) async throws {
    let result = try await sharedChildren().run(
      perl("$| = 1; pipe(R, W); \(Self.reporting(leaving)); close W; print scalar <R>; exit 5"))
    let descendant = try #require(Int32(result.output.text.prefix { $0.isNumber }))
    #expect(!isAlive(descendant))
    #expect(result.ending == .exited(5))
    #expect(result.survivors.isEmpty)
  }

  /// The same, with the descendant's number written to the pipe W instead of the output.
  private static func reporting(_ leaving: Leaving) -> String {
    let toPipe = "open(STDOUT, '>&', \\*W); $| = 1; "
    return leaving.rawValue.replacing("exec", with: "open(STDOUT, '>&', \\*W); exec").replacing(
      "STAY", with: toPipe.replacing("open(STDOUT, '>&', \\*W);", with: "") + stay
    ).replacing("if (!fork) {", with: "if (!fork) { \(toPipe)")
  }

  @Test("that are many and start more are all found")
  func many() async throws {
    // Each generation starts the next in a session of its own.
    var command = perl(
      """
      use POSIX; $| = 1; my $deep = 0;
      while ($deep++ < 8) { last if fork; POSIX::setsid() }
      print qq($$\\n) if $deep > 8; sleep 1000 while 1
      """)
    command.output = .lines()
    let (child, line) = try await startReady(command, in: sharedChildren())
    let deepest = try #require(Int32(line))
    child.stop(grace: .zero)
    _ = await child.wait()
    #expect(!isAlive(deepest))
  }

  @Test("of another child are left alone")
  func others() async throws {
    let children = try sharedChildren()
    let (other, _) = try await startReady(sleeper(), in: children)
    let (child, _) = try await startReady(sleeper(), in: children)
    child.stop(grace: .zero)
    _ = await child.wait()
    #expect(isAlive(other.processID))
    other.stop(grace: .zero)
    _ = await other.wait()
  }

  @Test("that hold the output open do not hold up the result")
  func holdingOutput() async throws {
    let result = try await sharedChildren().run(
      perl("use POSIX; $| = 1; print 'said'; if (!fork) { POSIX::setsid(); sleep 1000 while 1 }"))
    #expect(result.isSuccess)
    #expect(result.output.text == "said")
  }
}
