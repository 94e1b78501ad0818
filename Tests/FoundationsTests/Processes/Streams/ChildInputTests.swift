import Foundations
import Testing

@Suite("What a child reads", .timeLimit(.minutes(5)))
struct ChildInputTests {
  private let counting =
    "binmode STDIN; my ($n, $s) = (0, 0); "
    + "while (my $k = sysread STDIN, $_, 65536) { $n += $k; $s = ($s + unpack('%32C*', $_)) } "
    + "print qq($n $s)"

  @Test("nothing, unless it is given something")
  func nothing() async throws {
    let result = try await sharedChildren().run(perl(counting)).requireSuccess()
    #expect(result.output.text == "0 0")
  }

  @Test("all the bytes it is given, however many")
  func bytes() async throws {
    var command = perl(counting)
    command.input = .bytes([UInt8](repeating: 3, count: 3_000_001))
    let result = try await sharedChildren().run(command).requireSuccess()
    #expect(result.output.text == "3000001 9000003")
  }

  @Test(
    "a child that does not read is not hindered, and is no failure", arguments: ["", "<STDIN>;"])
  func notReading(beginning: String) async throws {
    var command = perl("\(beginning) print 'did not want it'")
    command.input = .bytes([UInt8](repeating: 10, count: 5_000_000))
    let result = try await sharedChildren().run(command).requireSuccess()
    #expect(result.output.text == "did not want it")
  }

  @Test("pieces written while it runs, and answers read between them")
  func stream() async throws {
    var command = perl("$| = 1; while (<STDIN>) { chomp; print qq(got $_\\n) } print qq(end\\n)")
    command.input = .stream
    command.output = .lines()
    let child = try await sharedChildren().start(command)
    var lines = child.outputLines.makeAsyncIterator()
    for word in ["one", "two", "three"] {
      try await child.input.write(Array("\(word)\n".utf8))
      #expect(await lines.next()?.text == "got \(word)")
    }
    try await child.input.write([])
    child.input.finish()
    #expect(await lines.next()?.text == "end")
    #expect(await child.wait().isSuccess)
  }

  @Test("a large stream arrives whole, though the child is slow to begin")
  func largeStream() async throws {
    var command = perl(counting)
    command.input = .stream
    let child = try await sharedChildren().start(command)
    for _ in 0..<10 { try await child.input.write([UInt8](repeating: 1, count: 1_000_000)) }
    child.input.finish()
    #expect(await child.wait().output.text == "10000000 10000000")
  }

  @Test("writing to a child that has ended says so", arguments: [true, false])
  func ended(large: Bool) async throws {
    var command = perl("exit 3")
    command.input = .stream
    let child = try await sharedChildren().start(command)
    _ = await child.wait()
    let failure = await #expect(throws: ProcessFailure.self) {
      try await child.input.write([UInt8](repeating: 0, count: large ? 1_000_000 : 1))
    }
    #expect(failure?.code == .processInputClosed)
  }

  @Test("writing to a child that closed its input says so, though it runs on")
  func closed() async throws {
    var command = sleeper("close STDIN")
    command.input = .stream
    let (child, _) = try await startReady(command, in: sharedChildren())
    let failure = await #expect(throws: ProcessFailure.self) {
      try await child.input.write([UInt8](repeating: 0, count: 1_000_000))
    }
    #expect(failure?.code == .processInputClosed)
    child.stop(grace: .zero)
    _ = await child.wait()
  }

  @Test("writing to a child that never reads ends when the child is stopped")
  func stopped() async throws {
    var command = sleeper()
    command.input = .stream
    let (child, _) = try await startReady(command, in: sharedChildren())
    let writing = Task { try await child.input.write([UInt8](repeating: 0, count: 1_000_000)) }
    child.stop(grace: .zero)
    await #expect(throws: ProcessFailure.self) { try await writing.value }
    #expect(await child.wait().stopped == .asked(.cancelled))
  }

  @Test("cancelling a write ends it and closes the child's input")
  func cancelled() async throws {
    var command = perl("$| = 1; print qq(ready\\n); sleep 1 while !-e $ARGV[0]; 1 while <STDIN>")
    let folder = try temporaryFolder()
    let marker = folder.path.appending("go")
    command.arguments.append(ChildArgument(marker))
    command.input = .stream
    command.output = .lines()
    let (child, _) = try await startReady(command, in: sharedChildren())
    let writing = Task { try await child.input.write([UInt8](repeating: 10, count: 1_000_000)) }
    writing.cancel()
    let failure = await #expect(throws: ProcessFailure.self) { try await writing.value }
    #expect(failure?.code == .stopped)
    _ = try FileDescriptor.open(marker, 0o100)  // O_CREAT
    #expect(await child.wait().isSuccess)
  }

  @Test("a file of the caller's")
  func file() async throws {
    let file = try FileDescriptor.open("/proc/self/status", 0)
    var command = perl("print scalar <STDIN>")
    command.input = .descriptor(file.number)
    let result = try await sharedChildren().run(command).requireSuccess()
    #expect(result.output.text.hasPrefix("Name:"))
  }
}
