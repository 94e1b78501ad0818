import Foundations
import Glibc
import Testing

@Suite("What a child gets of this process", .timeLimit(.minutes(5)))
struct IsolationTests {
  @Test("no descriptor but its three streams, whatever is open here")
  func descriptors() async throws {
    // Open for children too, as a careless library might leave it.
    let careless = open("/dev/null", O_RDONLY)
    defer { close(careless) }
    let result = try await sharedChildren().run(
      perl(
        "opendir D, '/proc/self/fd'; print join ' ', sort grep { /\\d/ && -e qq(/proc/self/fd/$_) } readdir D"
      ))
    // The fourth is the folder being read.
    #expect(result.output.text == "0 1 2 3")
  }

  @Test("no signal that is ignored or blocked, whatever this process does")
  func signals() async throws {
    await #expect(processExitsWith: .success) {
      signal(SIGPIPE, SIG_IGN)
      signal(SIGTERM, SIG_IGN)
      signal(SIGUSR1, { _ in })
      var blocked = sigset_t()
      sigfillset(&blocked)
      pthread_sigmask(SIG_BLOCK, &blocked, nil)
      let result = try await ChildProcesses().run(
        ChildCommand("grep", ["-E", "^Sig(Blk|Ign)", "/proc/self/status"]))
      #expect(
        result.output.text == "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n")
    }
  }

  @Test("a process group and a session of its own")
  func group() async throws {
    let result = try await sharedChildren().run(ChildCommand("cat", ["/proc/self/stat"]))
    let child = try #require(ProcessEntry(stat: result.output.bytes))
    #expect(child.parent == getpid())
    #expect(child.group == child.identity.number)
    #expect(child.session == child.identity.number)
  }

  @Test("its status, even where the end of children was being ignored")
  func ignoredEnds() async throws {
    await #expect(processExitsWith: .success) {
      signal(SIGCHLD, SIG_IGN)
      let result = try await ChildProcesses().run(perl("exit 3"))
      #expect(result.ending == .exited(3))
    }
  }

  @Test("its streams in order, even where this process has closed its own", arguments: [0, 1, 2])
  func closedStreams(number: Int) async throws {
    await #expect(processExitsWith: .exitCode(42)) { [number = number as Int] in
      let children = try ChildProcesses()
      // The pipes for the child take the numbers of the closed streams.
      for closed in 0...Int32(number) { close(closed) }
      var command = perl("print <STDIN>; print STDERR 'err'")
      command.input = .bytes(Array("in".utf8))
      let result = try await children.run(command)
      _exit(result.output.text == "in" && result.errors.text == "err" ? 42 : 1)
    }
  }
}
