import Foundations
import Testing

@Suite("A child's lines while it runs", .timeLimit(.minutes(5)))
struct OutputLinesTests {
  @Test("progress written over the same line comes line by line")
  func progress() async throws {
    var command = perl("$| = 1; print qq(frame=$_\\r) for 1..3; print qq(\\nend\\n)")
    command.output = .lines()
    let child = try await sharedChildren().start(command)
    let lines = await child.outputLines.reduce(into: []) { $0.append($1.text) }
    #expect(lines == ["frame=1", "frame=2", "frame=3", "end"])
    #expect(await child.wait().isSuccess)
  }

  @Test("a line comes while the child goes on")
  func early() async throws {
    let (child, line) = try await startReady(sleeper(), in: sharedChildren())
    #expect(line == "ready")
    #expect(isAlive(child.processID))
    child.stop(grace: .zero)
    _ = await child.wait()
  }

  @Test("both streams can be read side by side")
  func both() async throws {
    var command = perl("for (1..5000) { print qq(out $_\\n); print STDERR qq(err $_\\n) }")
    command.output = .lines()
    command.errors = .lines()
    let child = try await sharedChildren().start(command)
    async let output = child.outputLines.reduce(into: 0) { count, _ in count += 1 }
    async let errors = child.errorLines.reduce(into: 0) { count, _ in count += 1 }
    #expect(await output == 5000)
    #expect(await errors == 5000)
    #expect(await child.wait().isSuccess)
  }

  @Test("a huge output without a line's end is one cut line, and its tail is kept")
  func withoutEnd() async throws {
    var command = perl("print 'x' x 100_000 for 1..30; print 'tail'")
    command.output = .lines(longest: 1000, keeping: 100)
    let child = try await sharedChildren().start(command)
    let lines = await child.outputLines.reduce(into: []) { $0.append($1) }
    #expect(lines.map(\.text.count) == [1000])
    #expect(lines.map(\.isCut) == [true])
    let result = await child.wait()
    #expect(result.output.total == 3_000_004)
    #expect(result.output.bytes.count == 100)
    #expect(result.output.text.hasSuffix("xtail"))
  }

  @Test("a reader that is slow holds the child up, and gets everything")
  func backPressure() async throws {
    let folder = try temporaryFolder()
    let marker = folder.path.appending("all-written")
    var command = perl(
      "print qq($_\\n) for 1..200_000; close STDOUT; open F, '>', $ARGV[0]; sleep 1000",
      ChildArgument(marker))
    command.output = .lines()
    let children = try sharedChildren()
    let child = try await children.start(command)
    var lines = child.outputLines.makeAsyncIterator()
    #expect(await lines.next()?.text == "1")
    // Time for megabytes to be read, were anybody reading them.
    for _ in 0..<10 { _ = try await children.run(perl("exit 0")) }
    #expect(FileStatus.ifPresent(marker) == nil)
    var last = "1"
    var count = 1
    while let line = await lines.next() { (last, count) = (line.text, count + 1) }
    #expect(last == "200000")
    #expect(count == 200_000)
    child.stop(grace: .zero)
    _ = await child.wait()
  }

  @Test("letting go of the lines sets the child free")
  func lettingGo() async throws {
    var command = perl("print qq($_\\n) for 1..200_000")
    command.output = .lines()
    let child = try await sharedChildren().start(command)
    for await line in child.outputLines where line.text == "10" { break }
    let result = await child.wait()
    #expect(result.isSuccess)
    #expect(result.output.text.hasSuffix("\n200000\n"))
  }

  @Test("waiting for a child whose lines nobody reads ends")
  func unread() async throws {
    var command = perl("print qq($_\\n) for 1..200_000")
    command.output = .lines()
    #expect(try await sharedChildren().run(command).isSuccess)
  }

  @Test("cancelling the reading task ends its lines")
  func cancelled() async throws {
    let child = try await sharedChildren().start(sleeper())
    let reading = Task { await child.outputLines.reduce(into: 0) { count, _ in count += 1 } }
    reading.cancel()
    #expect(await reading.value <= 1)
    child.stop(grace: .zero)
    _ = await child.wait()
  }

  @Test("the lines keep the child's owner alive")
  func ownership() async throws {
    var command = perl("$| = 1; print qq(1\\n); select undef, undef, undef, 0.2; print qq(2\\n)")
    command.output = .lines()
    let lines = try await sharedChildren().start(command).outputLines
    #expect(await lines.reduce(into: 0) { count, _ in count += 1 } == 2)
  }
}
