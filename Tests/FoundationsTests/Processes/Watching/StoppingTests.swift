import Foundations
import Glibc
import Testing

@Suite("Stopping a child", .timeLimit(.minutes(5)))
struct StoppingTests {
  private let stubborn = sleeper("$SIG{TERM} = 'IGNORE'")

  @Test("a child whose deadline passes is asked to end, by the given clock")
  func deadline() async throws {
    let time = ManualTime()
    let children = try ChildProcesses(time: time)
    var command = sleeper()
    command.deadline = .seconds(60)
    let (child, _) = try await startReady(command, in: children)
    time.advance(by: .seconds(59))
    #expect(try await children.run(perl("exit 0")).isSuccess)
    #expect(isAlive(child.processID))
    time.advance(by: .seconds(1))
    let result = await child.wait()
    #expect(result.stopped == .deadline)
    #expect(result.ending == .signalled(SIGTERM, coreDumped: false))
    let failure = #expect(throws: ProcessFailure.self) { try result.requireSuccess() }
    #expect(failure?.code == .processDeadline)
    #expect(failure?.message == "perl took longer than it was given and was stopped")
  }

  @Test("a deadline on the system's own clock passes too")
  func systemClock() async throws {
    var command = perl("sleep 1000")
    command.deadline = .milliseconds(50)
    #expect(try await sharedChildren().run(command).stopped == .deadline)
  }

  @Test("a child that ignores SIGTERM is killed when its grace is over, and not before")
  func grace() async throws {
    let time = ManualTime()
    let children = try ChildProcesses(time: time)
    var command = sleeper("$SIG{TERM} = sub { print qq(heard\n) }")
    command.grace = .seconds(5)
    let child = try await children.start(command)
    var lines = child.outputLines.makeAsyncIterator()
    #expect(await lines.next()?.text == "ready")
    child.stop()
    // The grace counts from the signal.
    #expect(await lines.next()?.text == "heard")
    time.advance(by: .milliseconds(4999))
    for _ in 0..<3 { _ = try await children.run(perl("exit 0")) }
    #expect(isAlive(child.processID))
    time.advance(by: .milliseconds(1))
    let result = await child.wait()
    #expect(result.ending == .signalled(SIGKILL, coreDumped: false))
    #expect(result.stopped == .asked(.cancelled))
  }

  @Test("a child that puts its things in order at SIGTERM has the time to")
  func orderly() async throws {
    let command = sleeper("$SIG{TERM} = sub { print qq(tidied\\n); exit 0 }")
    let (child, _) = try await startReady(command, in: sharedChildren())
    child.stop(grace: .seconds(30))
    let result = await child.wait()
    #expect(result.output.text == "ready\ntidied\n")
    #expect(result.ending == .exited(0))
    #expect(!result.isSuccess)
  }

  @Test("without grace a child is killed at once")
  func atOnce() async throws {
    let (child, _) = try await startReady(stubborn, in: sharedChildren())
    child.stop(grace: .zero)
    #expect(await child.wait().ending == .signalled(SIGKILL, coreDumped: false))
  }

  @Test("a halted child is stopped too")
  func halted() async throws {
    // One that dies of SIGTERM dies of it halted too; one that handles it must go on to do so.
    let command = sleeper("$SIG{TERM} = sub { exit 6 }")
    let (child, _) = try await startReady(command, in: sharedChildren())
    kill(child.processID, SIGSTOP)
    child.stop(grace: .seconds(30))
    #expect(await child.wait().ending == .exited(6))
  }

  @Test("a raised stop flag stops the child and gives its reason on")
  func flag() async throws {
    let stop = StopFlag()
    let (child, _) = try await startReady(sleeper(), in: sharedChildren(), stop: stop)
    stop.stop(.signal(SIGINT))
    let result = await child.wait()
    #expect(result.stopped == .asked(.signal(SIGINT)))
    let failure = #expect(throws: ProcessFailure.self) { try result.requireSuccess() }
    #expect(failure?.code == .stopped)
    #expect(failure?.kind == .cancelled)
    #expect(failure?.message == "perl was stopped: stopped by signal 2")
  }

  @Test("a flag that is raised already starts nothing")
  func raisedAlready() async throws {
    let stop = StopFlag()
    stop.stop()
    let folder = try temporaryFolder()
    let marker = folder.path.appending("ran")
    let failure = await #expect(throws: ProcessFailure.self) {
      try await sharedChildren().run(
        perl("open F, '>', $ARGV[0]", ChildArgument(marker)), stop: stop)
    }
    #expect(failure?.code == .stopped)
    #expect(FileStatus.ifPresent(marker) == nil)
  }

  @Test("a flag raised after the end changes nothing")
  func raisedLate() async throws {
    let stop = StopFlag()
    let child = try await sharedChildren().start(perl("exit 0"), stop: stop)
    #expect(await child.wait().isSuccess)
    stop.stop()
    #expect(await child.wait().isSuccess)
  }

  @Test("stopping a child that has ended, or twice, is harmless")
  func twice() async throws {
    let (child, _) = try await startReady(sleeper(), in: sharedChildren())
    child.stop()
    child.stop()
    let result = await child.wait()
    child.stop(grace: .zero)
    #expect(await child.wait().ending == result.ending)
  }

  @Test("cancelling the task that waits stops the child, and the wait ends with it")
  func cancelledTask() async throws {
    let (child, _) = try await startReady(sleeper(), in: sharedChildren())
    let waiting = Task { await child.wait() }
    waiting.cancel()
    #expect(await waiting.value.stopped == .asked(.cancelled))
    #expect(!isAlive(child.processID))
  }

  @Test("a child whose owner lets go of it is killed")
  func lettingGo() async throws {
    let number = try await startReady(stubborn, in: sharedChildren()).child.processID
    await waitUntil("the child is gone") { !isAlive(number) }
  }

  @Test("all children are killed before the thread goes on")
  func killAll() async throws {
    let children = try ChildProcesses()
    let (first, _) = try await startReady(stubborn, in: children)
    let (second, _) = try await startReady(stubborn, in: children)
    #expect(children.killAll(within: 30_000))
    #expect(!isAlive(first.processID))
    #expect(!isAlive(second.processID))
    #expect(await first.wait().ending == .signalled(SIGKILL, coreDumped: false))
  }

  @Test("with no child there is nothing to wait for")
  func killNone() throws {
    #expect(try ChildProcesses().killAll(within: 30_000))
  }

  @Test("all children are asked to end")
  func stopAll() async throws {
    let children = try ChildProcesses()
    let (child, _) = try await startReady(sleeper(), in: children)
    children.stopAll()
    #expect(await child.wait().ending == .signalled(SIGTERM, coreDumped: false))
  }
}
