import Foundations
import Glibc
import Testing

/// Each in a process of its own: what a signal does is a matter of the whole process.
@Suite("A watch for signals", .timeLimit(.minutes(5)))
struct SignalWatchTests {
  @Test("a signal raises the flag, with its number", arguments: [SIGINT, SIGTERM, SIGHUP])
  func raises(signal: Int32) async throws {
    await #expect(processExitsWith: .exitCode(128 + signal)) { [signal = signal as Int32] in
      let flag = StopFlag()
      let watch = try SignalWatch(raising: flag)
      kill(getpid(), signal)
      let reason = await raised(flag)
      watch.end()
      exit(reason.exitStatus)
    }
  }

  @Test("a second SIGINT ends the process at once, after the children")
  func second() async throws {
    let folder = try temporaryFolder()
    let note = folder.path.appending("child").text
    await #expect(processExitsWith: .exitCode(130)) { [note = note as String] in
      let children = try ChildProcesses()
      let flag = StopFlag()
      let watch = try SignalWatch(raising: flag) { children.killAll() }
      let (child, _) = try await startReady(sleeper("$SIG{TERM} = 'IGNORE'"), in: children)
      try writeProgram("\(child.processID)", at: FilePath(note))
      kill(getpid(), SIGINT)
      _ = await raised(flag)
      kill(getpid(), SIGINT)
      // Work that pays no heed.
      await withCheckedContinuation { (_: CheckedContinuation<Void, Never>) in }
      withExtendedLifetime((watch, child)) {}
    }
    let child = try Int32(String(decoding: contents(of: FilePath(note)), as: UTF8.self))
    #expect(!isAlive(try #require(child)))
  }

  @Test("a reader that goes shows as a failed write and ends nothing")
  func pipe() async throws {
    await #expect(processExitsWith: .exitCode(7)) {
      let watch = try SignalWatch(raising: StopFlag())
      var ends: [Int32] = [0, 0]
      Glibc.pipe(&ends)
      close(ends[0])
      let written = write(ends[1], "x", 1)
      withExtendedLifetime(watch) {}
      exit(written == -1 && errno == EPIPE ? 7 : 1)
    }
  }

  @Test("once ended, signals do what they did before")
  func ended() async throws {
    await #expect(processExitsWith: .signal(SIGTERM)) {
      let flag = StopFlag()
      let watch = try SignalWatch(raising: flag)
      watch.end()
      watch.end()
      kill(getpid(), SIGTERM)
      await withCheckedContinuation { (_: CheckedContinuation<Void, Never>) in }
    }
  }

  @Test("a hang-up that is ignored stays so, as under nohup")
  func nohup() async throws {
    await #expect(processExitsWith: .exitCode(143)) {
      signal(SIGHUP, SIG_IGN)
      let flag = StopFlag()
      let watch = try SignalWatch(raising: flag)
      kill(getpid(), SIGHUP)
      kill(getpid(), SIGTERM)
      let reason = await raised(flag)
      withExtendedLifetime(watch) {}
      exit(reason.exitStatus)
    }
  }
}

/// Waits until a flag is raised; why it was.
private func raised(_ flag: StopFlag) async -> StopReason {
  await withCheckedContinuation { continuation in
    flag.onStop { continuation.resume(returning: $0) }
  }
}
