import Foundations
import Testing

@Suite("What is kept of an output", .timeLimit(.minutes(5)))
struct KeptBytesTests {
  @Test("the end of a long output is kept, and it says that it is not all")
  func tail() async throws {
    var command = perl("print 'a' x 1_000_000, 'the end'")
    command.output = .kept(1000)
    let output = try await sharedChildren().run(command).requireSuccess().output
    #expect(output.bytes.count == 1000)
    #expect(output.total == 1_000_007)
    #expect(output.isTruncated)
    #expect(output.text.hasSuffix("aaathe end"))
  }

  @Test("an output of exactly what is kept is whole")
  func exact() async throws {
    var command = perl("print 'a' x 1000")
    command.output = .kept(1000, whenFull: .stop)
    let result = try await sharedChildren().run(command).requireSuccess()
    #expect(result.output.bytes.count == 1000)
    #expect(!result.output.isTruncated)
  }

  @Test("a child that writes more than it may is killed")
  func overflow() async throws {
    var command = perl("$SIG{TERM} = 'IGNORE'; print 'a' x 1000 while 1")
    command.output = .kept(1 << 20, whenFull: .stop)
    let result = try await sharedChildren().run(command)
    #expect(result.stopped == .outputLimit(.output))
    let failure = #expect(throws: ProcessFailure.self) { try result.requireSuccess() }
    #expect(failure?.code == .processOutputLimit)
    #expect(failure?.message == "perl wrote too much to its standard output")
  }

  @Test("one that ended by itself after writing more than it may is a failure too")
  func overflowAtTheEnd() async throws {
    var command = perl("print STDERR 'a' x 1001")
    command.errors = .kept(1000, whenFull: .stop)
    let result = try await sharedChildren().run(command)
    #expect(result.stopped == .outputLimit(.errors))
    #expect(!result.isSuccess)
  }

  @Test("what is kept of one stream does not touch the other")
  func apart() async throws {
    var command = perl("print 'x' x 5000; print STDERR 'few'")
    command.output = .kept(10)
    let result = try await sharedChildren().run(command).requireSuccess()
    #expect(result.output.isTruncated)
    #expect(result.errors == KeptBytesTests.whole("few", of: result))
    #expect(result.errors.text == "few")
  }

  private static func whole(_ text: String, of result: ChildResult) -> KeptBytes { result.errors }

  @Test("a discarded output hinders nobody and keeps nothing")
  func discarded() async throws {
    var command = perl("print 'a' x 10_000_000; print STDERR 'done'")
    command.output = .discarded
    let result = try await sharedChildren().run(command).requireSuccess()
    #expect(result.output.bytes.isEmpty)
    #expect(result.errors.text == "done")
  }

  @Test("an output can go to a file of the caller's")
  func toFile() async throws {
    let folder = try temporaryFolder()
    let path = folder.path.appending("log")
    var command = perl("print 'out'; $| = 1; print STDERR 'err'")
    do {
      let file = try FileDescriptor.open(path, 0o1102)  // O_RDWR | O_CREAT | O_TRUNC
      command.output = .descriptor(file.number)
      command.errors = .descriptor(file.number)
      let result = try await sharedChildren().run(command).requireSuccess()
      #expect(result.output.total == 0)
    }
    #expect(try contents(of: path).count == 6)
  }
}
