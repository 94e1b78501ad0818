import Foundations
import Glibc
import Synchronization
import Testing

@Suite("Writing to streams")
struct TextOutputTests {
  static func output(_ pipe: OutputPipe, _ terminal: Terminal = .file) -> TextOutput {
    TextOutput(descriptor: pipe.writeEnd, name: "standard output", terminal: terminal)
  }

  @Test("Lines are written as the stream shows them, data as it is")
  func lines() throws {
    let plain = try OutputPipe()
    try Self.output(plain).write([StyledText("one", .bad), "t\u{1B}wo"])
    try Self.output(plain).write(data: "{\"a\":1}")
    try Self.output(plain).write(bytes: [0xFF, 0x0A])
    try Self.output(plain).write([])
    #expect(plain.finish() == "one\nt\\x1bwo\n{\"a\":1}\n\u{FFFD}\n")
    let colored = try OutputPipe()
    try Self.output(colored, .told(80, TestEnvironment.plain)).write("\("x", .good)")
    #expect(colored.finish() == "\u{1B}[32mx\u{1B}[0m\n")
  }

  @Test("Lines of several threads do not mix", .timeLimit(.minutes(5)))
  func threads() async throws {
    let pipe = try OutputPipe()
    let output = Self.output(pipe)
    try await onThreads(
      (0..<8).map { thread in
        {
          let line = StyledText(String(repeating: "\(thread)", count: 5_000))
          for _ in 0..<20 { output.say(line) }
        }
      })
    let lines = pipe.finish().split(separator: "\n")
    #expect(lines.count == 160)
    #expect(lines.allSatisfy { $0.utf8.count == 5_000 && Set($0).count == 1 })
  }

  @Test("A pipe that somebody made non-blocking is waited for", .timeLimit(.minutes(5)))
  func nonblocking() throws {
    let pipe = try OutputPipe(nonblocking: true)
    let line = String(repeating: "x", count: 2_000_000)
    try Self.output(pipe).write(data: line)
    #expect(pipe.finish() == line + "\n")
  }

  @Test("A reader that has gone is a failure of its own kind, each time, and talk goes on")
  func brokenPipe() throws {
    // Making the process's streams is what turns SIGPIPE off.
    let streams = StandardStreams.ofProcess(environment: [:])
    #expect(streams.out.name == "standard output")
    var ends: [Int32] = [-1, -1]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let output = TextOutput(descriptor: ends[1], name: "standard output", terminal: .file)
    for _ in 0..<2 {
      let failure = #expect(throws: OutputFailure.self) { try output.write("line") }
      #expect(failure?.code == .outputBroken)
      #expect(failure?.kind == .brokenPipe && failure?.kind.exitStatus == 0)
      #expect(failure?.message == "nobody reads standard output any more")
    }
    output.say("nobody hears this")
  }

  @Test("A full disk is told as such, with the stream's name")
  func fullDisk() throws {
    let full = try FileDescriptor.open("/dev/full", O_WRONLY)
    let output = TextOutput(descriptor: full.number, name: "standard output", terminal: .file)
    let failure = #expect(throws: OutputFailure.self) { try output.write("line") }
    #expect(failure?.code == .diskFull)
    #expect(failure?.message == "cannot write standard output: No space left on device")
    #expect(failure?.hint != nil)
  }
}
