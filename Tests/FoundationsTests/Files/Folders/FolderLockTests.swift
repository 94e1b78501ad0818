import Foundations
import Synchronization
import TestSupport
import Testing

@Suite("Locks on folders", .timeLimit(.minutes(5)))
struct FolderLockTests {
  @Test("keep threads out of what one of them does, as long as each has its own opening")
  func threads() throws {
    try withTestFolder { folder throws in
      let inside = Mutex(0)
      let most = Mutex(0)
      withThreads(8) { _ in
        do {
          let open = try Folder.open(folder)
          for _ in 0..<200 {
            try open.lock()
            let now = inside.withLock { count in
              count += 1
              return count
            }
            most.withLock { $0 = max($0, now) }
            inside.withLock { $0 -= 1 }
            open.unlock()
          }
        } catch {
          Issue.record(error)
        }
      }
      #expect(most.withLock { $0 } == 1)
    }
  }

  @Test("end with the process that held them")
  func processes() async throws {
    try await withTestFolder { folder in
      await #expect(processExitsWith: .success) { [text = folder.text as String] in
        try Folder.open(FilePath(text)).lock()
      }
      let open = try Folder.open(folder)
      try open.lock()
      open.unlock()
    }
  }

  @Test(
    "an entry that is not there is found to be absent, and one that cannot be seen is a failure")
  func finding() throws {
    try withTestFolder { folder throws in
      let open = try Folder.open(folder)
      #expect(try open.find("a") == nil)
      try write("123", to: folder.appending("a"))
      #expect(try open.find("a")?.size == 3)
      _ = FailingDisk(under: folder).run(.once(errno: 5)) {
        #expect(throws: FileFailure.self) { try open.find("a") }
      }
    }
  }
}
