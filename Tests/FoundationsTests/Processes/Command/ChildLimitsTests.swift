import Foundations
import Glibc
import Testing

@Suite("The limits of a child", .timeLimit(.minutes(5)))
struct ChildLimitsTests {
  private func run(_ script: String, _ set: (inout ChildLimits) -> Void) async throws -> ChildResult
  {
    var command = perl(script)
    set(&command.limits)
    return try await sharedChildren().run(command)
  }

  /// The soft and the hard limit of a name in the kernel's own table, as the child sees it.
  private func shown(_ name: String, _ set: (inout ChildLimits) -> Void) async throws -> [String] {
    let script =
      "open F, '/proc/self/limits'; while (<F>) { print \"$1 $2\" if /^\(name)\\s+(\\S+)\\s+(\\S+)/ }"
    let text = try await run(script, set).requireSuccess().output.text
    return text.split(separator: " ").map(String.init)
  }

  @Test("each arrives as it was given")
  func shown() async throws {
    #expect(
      try await shown("Max address space") { $0.addressSpace = 1 << 30 }
        == ["1073741824", "1073741824"])
    #expect(try await shown("Max cpu time") { $0.cpuSeconds = 77 } == ["77", "78"])
    #expect(try await shown("Max open files") { $0.openFiles = 33 } == ["33", "33"])
    #expect(try await shown("Max file size") { $0.fileSize = 4096 } == ["4096", "4096"])
    #expect(try await shown("Max core file size") { $0.coreSize = 0 } == ["0", "0"])
  }

  @Test("no core file is written unless it is allowed")
  func core() async throws {
    #expect(try await shown("Max core file size") { _ in } == ["0", "0"])
  }

  @Test("cannot be raised beyond what this process has")
  func notRaised() async throws {
    var own = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &own)
    let shown = try await shown("Max open files") { $0.openFiles = .max }
    #expect(shown == ["\(own.rlim_max)", "\(own.rlim_max)"])
  }

  @Test("memory beyond the limit is refused to the child")
  func memory() async throws {
    let result = try await run("my $x = 'x' x (400 << 20); print 'had it'") {
      $0.addressSpace = 200 << 20
    }
    #expect(!result.isSuccess)
    #expect(result.output.text.isEmpty)
  }

  @Test("CPU beyond the limit ends it by SIGXCPU, which tells why")
  func cpu() async throws {
    let result = try await run("1 while 1") { $0.cpuSeconds = 1 }
    #expect(result.ending == .signalled(SIGXCPU, coreDumped: false))
    #expect(result.usage.cpuSeconds > 0.5)
    let failure = #expect(throws: ProcessFailure.self) { try result.requireSuccess() }
    #expect(failure?.message == "perl was ended by SIGXCPU")
  }

  @Test("a file beyond the limit ends it by SIGXFSZ")
  func fileSize() async throws {
    let folder = try temporaryFolder()
    var command = perl(
      "open F, '>', $ARGV[0]; syswrite F, 'x' x 9000 for 1..3",
      ChildArgument(folder.path.appending("big")))
    command.limits.fileSize = 10_000
    let result = try await sharedChildren().run(command)
    #expect(result.ending == .signalled(SIGXFSZ, coreDumped: false))
    #expect(try FileStatus.of(folder.path.appending("big")).size == 10_000)
  }

  @Test("open files beyond the limit are refused to the child")
  func openFiles() async throws {
    let result = try await run(
      "my @f; while (open my $f, '<', '/dev/null') { push @f, $f } print scalar(@f), ' ', $!"
    ) { $0.openFiles = 20 }
    #expect(result.output.text == "17 Too many open files")
  }
}
