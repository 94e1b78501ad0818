import Foundations
import Jobs
import Model
import TestSupport
import Testing

@Suite("Wake-ups", .timeLimit(.minutes(5)))
struct WakeupsTests {
  /// The kinds there are.
  enum Kind: CaseIterable { case inProcess, folder, folderUnheard }

  private static func make(_ kind: Kind, _ folder: TemporaryFolder) -> any Wakeups {
    switch kind {
    case .inProcess: InProcessWakeups()
    case .folder: FolderWakeups(FilePath(folder("wakeups")))
    case .folderUnheard: FolderWakeups(FilePath(folder("wakeups")), listens: false)
    }
  }

  @Test(
    "one that came before the wait, and after the look, ends it at once", arguments: Kind.allCases)
  func notLost(kind: Kind) async throws {
    try await onThread {
      let folder = try TemporaryFolder()
      let wakeups = Self.make(kind, folder)
      let count = wakeups.count
      wakeups.wake()
      #expect(wakeups.wait(after: count, atMost: .seconds(600), stop: StopFlag()) > count)
    }
  }

  @Test("each who waits is woken", arguments: Kind.allCases)
  func all(kind: Kind) async throws {
    try await onThread {
      let folder = try TemporaryFolder()
      let wakeups = Self.make(kind, folder)
      let woken = Collected<Int>()
      let places = BoundedQueue<Int>(capacity: 4)
      withThreads(5) { number in
        if number == 4 {
          // All have looked.
          for _ in 0..<4 { _ = try? places.take() }
          wakeups.wake()
        } else {
          let count = wakeups.count
          try? places.put(number)
          if wakeups.wait(after: count, atMost: .seconds(600), stop: StopFlag()) > count {
            woken.note(number)
          }
        }
      }
      #expect(Set(woken.values) == [0, 1, 2, 3])
    }
  }

  @Test("a raised flag ends a wait, and so does its time", arguments: Kind.allCases)
  func ends(kind: Kind) async throws {
    try await onThread {
      let folder = try TemporaryFolder()
      let wakeups = Self.make(kind, folder)
      let (count, stop) = (wakeups.count, StopFlag())
      #expect(wakeups.wait(after: count, atMost: .zero, stop: stop) >= count)
      stop.stop()
      #expect(wakeups.wait(after: count, atMost: .seconds(600), stop: stop) >= count)
    }
  }

  @Test(
    "what another value for the folder tells is heard; and each second all, where nothing can be")
  func heard() async throws {
    try await onThread {
      let folder = try TemporaryFolder()
      let path = FilePath(folder("wakeups"))
      for listens in [true, false] {
        let (mine, theirs) = (FolderWakeups(path, listens: listens), FolderWakeups(path))
        let count = mine.count
        if listens { theirs.wake() }
        #expect(mine.wait(after: count, atMost: .seconds(60), stop: StopFlag()) > count)
      }
    }
  }
}
