import Foundations
import Glibc
import Testing

@Suite("What a child used", .timeLimit(.minutes(5)))
struct ChildUsageTests {
  private func usage(of script: String) async throws -> ChildUsage {
    try await sharedChildren().run(perl(script)).requireSuccess().usage
  }

  /// Perl that keeps the processor busy for some hundredths of a second of its own time.
  private func burning(_ seconds: Double) -> String {
    "my $n = 0; 1 while $n++ < 1000 || (times)[0] < \(seconds)"
  }

  @Test("CPU shows for a child that burns it")
  func cpu() async throws {
    let usage = try await usage(of: burning(0.2))
    #expect(usage.userSeconds > 0.1)
    #expect(usage.cpuSeconds >= usage.userSeconds)
    #expect(usage.cpuSeconds < 30)
  }

  @Test("the CPU of children it waited for is in it")
  func waitedFor() async throws {
    let usage = try await usage(of: "if (!fork) { \(burning(0.3)); exit } wait")
    #expect(usage.userSeconds > 0.2)
  }

  @Test("the CPU of a descendant that nobody waited for is in it")
  func notWaitedFor() async throws {
    // The descendant burns, then says so; its parent ends while it still lives.
    let usage = try await usage(
      of: "pipe(R, W); if (!fork) { \(burning(0.3)); syswrite W, 'x'; sleep 1000 } sysread R, $_, 1"
    )
    #expect(usage.userSeconds > 0.2)
  }

  @Test("a child that fills 64 MB shows at least those")
  func memory() async throws {
    let held = try await holding(megabytes: 64, processes: 0)
    #expect(held >= 64 << 20)
    #expect(held < 1 << 30)
  }

  @Test("the memory of the whole tree is added up")
  func treeMemory() async throws {
    let held = try await holding(megabytes: 48, processes: 3)
    #expect(held >= 4 * 48 << 20)
  }

  @Test("the memory of this process is not taken for a small child's")
  func notOurs() async throws {
    // A process larger than its child, in one of its own.
    await #expect(processExitsWith: .success) {
      let ballast = [UInt8](repeating: 1, count: 256 << 20)
      let result = try await ChildProcesses().run(perl("exit 0"))
      #expect(ballast[ballast.count - 1] == 1)
      #expect(result.usage.peakMemoryBytes ?? 0 < 128 << 20)
    }
  }

  @Test("the wall time is that of the given clock")
  func wall() async throws {
    let time = ManualTime()
    let children = try ChildProcesses(time: time)
    let (child, _) = try await startReady(sleeper(), in: children)
    time.advance(by: .seconds(90))
    child.stop(grace: .zero)
    #expect(await child.wait().usage.wall == .seconds(90))
  }

  /// The peak of a child that, like each of its own children, fills so much memory and holds it
  /// until it has been seen to.
  private func holding(megabytes: Int, processes: Int) async throws -> Int64 {
    var command = perl(
      """
      $| = 1; pipe(R, W);
      for (1..\(processes)) {
        if (!fork) { my $x = 'x' x (\(megabytes) << 20); syswrite W, 'x'; sleep 1000; }
      }
      my $x = 'x' x (\(megabytes) << 20);
      sysread R, $_, 1 for 1..\(processes);
      print qq(full\\n);
      <STDIN>;
      kill 'KILL', -$$;
      """)
    command.output = .lines()
    command.input = .stream
    let children = try sharedChildren()
    let (child, _) = try await startReady(command, in: children)
    // Other children that come and go: their sweeps look at the process table.
    for _ in 0..<3 { _ = try await children.run(perl("exit 0")) }
    child.input.finish()
    return await child.wait().usage.peakMemoryBytes ?? 0
  }
}
