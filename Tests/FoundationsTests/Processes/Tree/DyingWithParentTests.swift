import Foundations
import Glibc
import Testing

// One after another: the sweep of the last test would end what the first looks for.
@Suite("A process that dies", .serialized, .timeLimit(.minutes(5)))
struct DyingWithParentTests {
  @Test("takes its children with it, though nobody is left to kill them")
  func child() async throws {
    let folder = try temporaryFolder()
    let note = folder.path.appending("child").text
    await #expect(processExitsWith: .signal(SIGKILL)) { [note = note as String] in
      let (child, _) = try await startReady(sleeper(), in: ChildProcesses())
      try writeNumber(child.processID, at: FilePath(note))
      kill(getpid(), SIGKILL)
    }
    let child = try readNumber(at: FilePath(note))
    await waitUntil("the child is gone") { !isAlive(child) }
  }

  @Test("keeps its children when only the thread ends that asked for them")
  func thread() async throws {
    let (child, _) = try await withCheckedThrowingContinuation { continuation in
      do {
        try OwnThread.start(named: "short-lived") {
          Task {
            do {
              continuation.resume(returning: try await startReady(sleeper(), in: sharedChildren()))
            } catch {
              continuation.resume(throwing: error)
            }
          }
        }
      } catch {
        continuation.resume(throwing: error)
      }
    }
    #expect(isAlive(child.processID))
    child.stop(grace: .zero)
    #expect(await child.wait().stopped == .asked(.cancelled))
  }

  @Test("leaves its children's children to the next start, which ends them and nobody else")
  func orphans() async throws {
    let folder = try temporaryFolder()
    let note = folder.path.appending("orphan").text
    await #expect(processExitsWith: .signal(SIGKILL)) { [note = note as String] in
      var command = perl(
        "use POSIX; $| = 1; if (!fork) { POSIX::setsid(); print qq($$\\n); sleep 1000 while 1 } "
          + "sleep 1000 while 1")
      command.output = .lines()
      let (_, line) = try await startReady(command, in: ChildProcesses())
      try writeNumber(Int32(line) ?? 0, at: FilePath(note))
      kill(getpid(), SIGKILL)
    }
    let orphan = try readNumber(at: FilePath(note))
    #expect(isAlive(orphan))
    let (living, _) = try await startReady(sleeper(), in: sharedChildren())

    let ended = OrphanSweep.run()

    #expect(ended.contains(orphan))
    #expect(!ended.contains(living.processID))
    await waitUntil("the orphan is gone") { !isAlive(orphan) }
    #expect(isAlive(living.processID))
    living.stop(grace: .zero)
    _ = await living.wait()
  }
}

private func writeNumber(_ number: Int32, at path: FilePath) throws {
  try writeProgram("\(number)", at: path)
}

private func readNumber(at path: FilePath) throws -> Int32 {
  try #require(Int32(String(decoding: contents(of: path), as: UTF8.self)))
}
