import Foundations
import Testing

@Suite("A child that cannot be started", .timeLimit(.minutes(5)))
struct StartFailureTests {
  private func failure(of command: ChildCommand) async throws -> ProcessFailure? {
    await #expect(throws: ProcessFailure.self) { try await sharedChildren().run(command) }
  }

  @Test("a program that is nowhere is named, with where it was looked for")
  func notFound() async throws {
    var command = ChildCommand("no-such-tool")
    command.environment = .empty.setting("PATH", to: "/usr/bin::relative:/no/where")
    let failure = try await failure(of: command)
    #expect(failure?.code == .processNotFound)
    #expect(
      failure?.message == "cannot find the program no-such-tool; looked in /usr/bin, /no/where")
    #expect(failure?.hint == "install it, or name its full path")
  }

  @Test("with nowhere to look it says so")
  func nowhere() async throws {
    var command = ChildCommand("perl")
    command.environment = .empty.setting("PATH", to: "")
    #expect(
      try await failure(of: command)?.message == "cannot find the program perl; looked in no folder"
    )
  }

  @Test("a child without a PATH has its program found on this process's own")
  func ownPath() async throws {
    var command = perl("print 'found'")
    command.environment = .empty
    #expect(try await sharedChildren().run(command).output.text == "found")
  }

  @Test("a path that leads nowhere is named")
  func badPath() async throws {
    let failure = try await failure(of: ChildCommand("/opt/no such/tool"))
    #expect(failure?.code == .processNotFound)
    #expect(failure?.message == "cannot find the program /opt/no such/tool")
  }

  @Test("a folder is no program")
  func folder() async throws {
    let failure = try await failure(of: ChildCommand("/usr/bin/"))
    #expect(failure?.code == .processNotExecutable)
    #expect(failure?.message == "/usr/bin is a folder, not a program")
  }

  @Test("a file that may not be run is named, and one further on the PATH is run instead")
  func notExecutable() async throws {
    let folder = try temporaryFolder()
    let tool = folder.path.appending("perl")
    try writeProgram("#!/bin/sh\n", at: tool, mode: 0o644)
    let failure = try await failure(of: ChildCommand(tool))
    #expect(failure?.code == .processNotExecutable)
    #expect(failure?.message == "\(tool) may not be run")

    var command = perl("print 'ran'")
    command.environment = .empty.setting("PATH", to: "\(folder.path):/usr/bin:/bin")
    #expect(try await sharedChildren().run(command).output.text == "ran")
    command.environment = .empty.setting("PATH", to: "\(folder.path)")
    #expect(try await self.failure(of: command)?.code == .processNotExecutable)
  }

  @Test("a script whose interpreter is not there is told from a script that is not there")
  func interpreter() async throws {
    let folder = try temporaryFolder()
    let tool = folder.path.appending("tool")
    try writeProgram("#!/no/such/interpreter\n", at: tool)
    let failure = try await failure(of: ChildCommand(tool))
    #expect(failure?.code == .processNotExecutable)
    #expect(failure?.message == "cannot run \(tool): its interpreter is not there")
  }

  @Test("a file that is no program is named")
  func format() async throws {
    let folder = try temporaryFolder()
    let tool = folder.path.appending("tool")
    try writeProgram("no first line of any kind\n", at: tool)
    let failure = try await failure(of: ChildCommand(tool))
    #expect(failure?.code == .processNotExecutable)
    #expect(failure?.message == "cannot run \(tool): Exec format error")
  }

  @Test(
    "a working folder that is not there, or is no folder, is named",
    arguments: ["/no/such", "/etc/passwd"])
  func badFolder(path: String) async throws {
    var command = perl("1")
    command.folder = FilePath(path)
    let failure = try await failure(of: command)
    #expect(failure?.code == .processBadFolder)
    #expect(
      failure?.message.hasPrefix("cannot enter \(path), the working folder of perl: ") == true)
  }

  @Test("an argument with a NUL byte in it is refused and counted from one")
  func nul() async throws {
    let failure = try await failure(of: ChildCommand("perl", ["-e", "1\02"]))
    #expect(failure?.code == .processBadArgument)
    #expect(failure?.message == "argument 2 of perl holds a NUL byte")
  }

  @Test("arguments that are too long are refused")
  func tooLong() async throws {
    let long = ChildArgument(String(repeating: "x", count: 1 << 20))
    #expect(try await failure(of: perl("1", long))?.code == .processBadArgument)
  }

  @Test("a program is found from this process's folder, and runs in its own")
  func folders() async throws {
    let folder = try temporaryFolder()
    var command = perl("use Cwd; print getcwd")
    command.folder = folder.path
    #expect(try await sharedChildren().run(command).output.text == folder.path.text)

    // A relative path that leads from wherever the tests run to the root and on.
    let up = String(repeating: "../", count: 40)
    command = ChildCommand(FilePath("\(up)usr/bin/perl"), ["-e", "print 'relative'"])
    command.folder = folder.path
    #expect(try await sharedChildren().run(command).output.text == "relative")
  }
}
