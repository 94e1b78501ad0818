import Blobs
import BlobsConformance
import Foundations
import Glibc
import Hashing
import TestSupport
import Testing

@Suite("Blobs of many processes", .timeLimit(.minutes(10)))
struct BlobProcessTests {
  @Test("eight processes that add the same content at once have one blob")
  func sameContent() async throws {
    let folder = try TemporaryFolder()
    await withTaskGroup { group in
      for _ in 0..<8 {
        group.addTask {
          await #expect(processExitsWith: .success) { [path = folder.path as String] in
            let store = try DiskBlobStore(in: FilePath(path))
            for number in 0..<50 {
              try store.stage(BlobPromise.content(number, size: 5_000)).commit()
            }
          }
        }
      }
    }
    let store = try DiskBlobStore(in: FilePath(folder.path))
    #expect(store.leftovers.files == 0 && store.leftovers.failed == 0)
    let ids = try store.list(after: nil, atMost: 1_000).map(\.id)
    #expect(
      ids == (0..<50).map { BlobID(SHA256.hash(BlobPromise.content($0, size: 5_000))) }.sorted())
    for id in ids {
      #expect(try store.verify(id, quarantining: false, stop: nil) == .sound(size: 5_000))
    }
  }

  @Test("killed at any of 200 moments, adders leave whole blobs, and leftovers that are swept")
  func killed() async throws {
    let folder = try TemporaryFolder()
    let library = FilePath(folder.path)
    var random = Seeded()
    print("adders killed at any moment: SEED=\(random.seed)")
    var (leftovers, blobs) = (0, 0)
    for round in 0..<200 {
      let microseconds = Int.random(in: 0...12_000, using: &random)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = folder.path as String, time = microseconds as Int, round = round as Int] in
        try addUntilKilled(in: FilePath(path), round, after: .microseconds(time))
      }
      let store = try DiskBlobStore(in: library)
      leftovers += store.leftovers.files
      #expect(store.leftovers.failed == 0)
      #expect(try files(below: library.appending("staging")) == [])
      #expect(try files(below: library.appending("quarantine")) == [])
      for blob in try store.list(after: nil, atMost: 100_000) {
        let verdict = try store.verify(blob.id, quarantining: false, stop: nil)
        #expect(verdict == .sound(size: blob.size))
        let path = try #require(store.localPath(of: blob.id))
        #expect(try FileStatus.of(path).mode == 0o444)
        _ = try store.delete(blob.id, unlessYoungerThan: .zero)
        blobs += 1
      }
    }
    print("\(blobs) blobs were whole, \(leftovers) leftovers were swept")
    // Otherwise all of them died too early or too late to show anything.
    #expect(leftovers > 20 && blobs > 20)
  }

  @Test("killed before any of its calls, an add leaves a whole blob or none")
  func killedAtEachCall() async throws {
    let folder = try TemporaryFolder()
    let library = FilePath(folder.path)
    let bytes = BlobPromise.content(1)
    let id = BlobID(SHA256.hash(bytes))
    let counted = FailingDisk(under: library)
    let first = try DiskBlobStore(in: library)
    try counted.run { _ = try first.stage(bytes).commit() }
    _ = try first.delete(id, unlessYoungerThan: .zero)
    #expect(counted.calls.count > 12)
    for call in 1...counted.calls.count {
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = folder.path as String, call = call as Int] in
        let store = try DiskBlobStore(in: FilePath(path))
        try FailingDisk(under: FilePath(path)).run(.kill, at: call) {
          _ = try store.stage(BlobPromise.content(1)).commit()
        }
      }
      let store = try DiskBlobStore(in: library)
      #expect(try files(below: library.appending("staging")) == [])
      let verdict = try store.verify(id, quarantining: false, stop: nil)
      #expect(verdict == .missing || verdict == .sound(size: 50_000), "call \(call)")
      _ = try store.delete(id, unlessYoungerThan: .zero)
    }
  }
}

/// Adds blobs in all ways, over and over on three threads, until the process kills itself.
private func addUntilKilled(in library: FilePath, _ round: Int, after time: Duration) throws {
  let store = try DiskBlobStore(in: library)
  for worker in 0..<3 {
    try OwnThread.start(named: "adder") {
      do {
        for number in 0... {
          let seed = round * 1_000_000 + number * 3 + (worker == 2 ? 1 : worker)
          let staged = try store.stage(BlobPromise.content(seed, size: 30_000))
          _ = try staged.commit(worker == 0 ? .durable : .relaxed)
        }
      } catch {
        fatalError("\(error)")
      }
    }
  }
  let never = Monitor(0)
  let nothing: Void? = never.wait(atMost: time) { _ in nil }
  #expect(nothing == nil)
  kill(getpid(), SIGKILL)
}
