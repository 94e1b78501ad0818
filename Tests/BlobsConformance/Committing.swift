import Blobs
import Foundations
import Hashing
import Testing

/// What is promised of bytes that come in.
enum Committing {
  static let promises = [
    BlobPromise("a content is named by its SHA-256 and told with its size and first bytes") {
      for size in [0, 1, 7_000, 50_000] {
        let bytes = BlobPromise.content(size, size: size)
        let staged = try $0.stage(bytes)
        #expect(staged.facts.id == BlobID(SHA256.hash(bytes)))
        #expect(staged.facts.size == Int64(size))
        #expect(staged.facts.head == Array(bytes.prefix(BlobFacts.headSize)))
      }
    },
    BlobPromise("nobody sees a content before its commit, and everybody after") {
      let bytes = BlobPromise.content(1)
      let staged = try $0.stage(bytes)
      #expect(try $0.store.find(staged.facts.id) == nil)
      #expect(try $0.store.list(after: nil, atMost: 10).isEmpty)
      #expect(try staged.commit(.relaxed) == .stored)
      #expect(try $0.store.find(staged.facts.id)?.size == 50_000)
      #expect(try $0.bytes(of: staged.facts.id) == bytes)
    },
    BlobPromise("the same content comes twice and is there once") {
      let bytes = BlobPromise.content(2)
      let (first, second) = (try $0.stage(bytes), try $0.stage(bytes))
      #expect(try first.commit() == .stored)
      #expect(try second.commit() == .alreadyThere)
      #expect(try $0.store.list(after: nil, atMost: 10).count == 1)
    },
    BlobPromise("a commit may be repeated") {
      let staged = try $0.stage([1, 2, 3])
      #expect(try staged.commit(.durable) == .stored)
      #expect(try staged.commit(.durable) == .alreadyThere)
    },
    BlobPromise("what is discarded leaves nothing and cannot be committed") {
      let staged = try $0.stage([1, 2, 3])
      staged.discard()
      #expect(failureCode { try staged.commit() } == .blobDiscarded)
      let intake = try $0.store.beginIntake(IntakeOptions())
      try intake.append([1])
      intake.discard()
      #expect(failureCode { try intake.append([2]) } == .blobDiscarded)
      #expect(failureCode { try intake.finish() } == .blobDiscarded)
      #expect(try $0.store.list(after: nil, atMost: 10).isEmpty)
    },
    BlobPromise("a finished intake takes nothing more") {
      let intake = try $0.store.beginIntake(IntakeOptions())
      _ = try intake.finish()
      #expect(failureCode { try intake.append([2]) } == .blobDiscarded)
    },
    BlobPromise("other bytes than announced are refused") {
      let right = BlobID(SHA256.hash([1, 2]))
      for options in [
        IntakeOptions(expectedSize: 2), IntakeOptions(expectedSize: 4),
        IntakeOptions(expectedID: right),
      ] {
        #expect(
          failureCode { [subject = $0] in try subject.stage([1, 2, 3], options) } == .blobUnexpected
        )
      }
      _ = try $0.stage([1, 2], IntakeOptions(expectedSize: 2, expectedID: right))
    },
    BlobPromise("more bytes than accepted are refused while they come") {
      let intake = try $0.store.beginIntake(IntakeOptions(limit: 10))
      try intake.append([UInt8](repeating: 0, count: 10))
      #expect(failureCode { try intake.append([0]) } == .blobTooLarge)
      #expect(failureCode { try intake.finish() } == .blobDiscarded)
    },
    BlobPromise("eight threads that commit one content at once have one blob, stored once") {
      subject in
      let bytes = BlobPromise.content(3)
      for durability in [Durability.relaxed, .durable] {
        let content = bytes + [durability == .durable ? 1 : 0]
        let outcomes = await onThreads(8) { try subject.stage(content).commit(durability) }
        let commits = try outcomes.map { try $0.get() }
        #expect(commits.count { $0 == .stored } == 1)
      }
      let blobs = try subject.store.list(after: nil, atMost: 10)
      #expect(blobs.count == 2)
    },
    BlobPromise("a content whose place holds something shorter is stored again") {
      let bytes = BlobPromise.content(4)
      let id = try $0.add(bytes)
      try $0.damage(id, [1, 2, 3])
      #expect(try $0.stage(bytes).commit() == .stored)
      #expect(try $0.bytes(of: id) == bytes)
    },
    BlobPromise("a file is taken in as it is, and stays") {
      let bytes = BlobPromise.content(5, size: 700_000)
      let path = $0.folder.appending("file")
      try AtomicFile.replace(path, with: bytes)
      let staged = try $0.store.take(path, TakingOptions(ways: [.copy]), stop: nil)
      #expect(staged.source == FileIdentity(try FileStatus.of(path)))
      _ = try staged.commit(.relaxed)
      #expect(try $0.bytes(of: staged.facts.id) == bytes)
      #expect(FileStatus.ifPresent(path)?.size == 700_000)
    },
    BlobPromise("a file that moves in is gone once it is committed, and not before") {
      let path = $0.folder.appending("file")
      try AtomicFile.replace(path, with: [1, 2, 3])
      let dropped = try $0.store.take(path, .moving, stop: nil)
      dropped.discard()
      #expect(FileStatus.ifPresent(path)?.size == 3)
      let staged = try $0.store.take(path, .moving, stop: nil)
      #expect(FileStatus.ifPresent(path)?.size == 3)
      _ = try staged.commit(.durable)
      #expect(FileStatus.ifPresent(path) == nil)
      #expect(try $0.bytes(of: staged.facts.id) == [1, 2, 3])
    },
    BlobPromise("taking in a file can be stopped, and leaves nothing") {
      let path = $0.folder.appending("file")
      try AtomicFile.replace(path, with: [1, 2, 3])
      let stop = StopFlag()
      stop.stop()
      let store = $0.store
      #expect(failureCode { try store.take(path, TakingOptions(), stop: stop) } == .stopped)
      #expect(
        failureCode { try store.take("/dev/null", TakingOptions(), stop: nil) } == .fileNotPlain)
      #expect(try $0.store.list(after: nil, atMost: 10).isEmpty)
    },
    BlobPromise("all of it goes through a lane, too") {
      let lane = try BlockingLane(named: "blobs")
      let intake = try $0.store.beginIntake(IntakeOptions())
      try await intake.append([1, 2, 3], on: lane)
      let staged = try await intake.finish(on: lane)
      try await staged.commit(on: lane)
      let content = try await $0.store.open(staged.facts.id, on: lane)
      #expect(try await content.read(1..<3, on: lane) == [2, 3])
      let verdict = try await $0.store.verify(staged.facts.id, quarantining: false, on: lane)
      #expect(verdict == .sound(size: 3))
    },
  ]

  /// Runs a body on so many threads at once and gives what each of them came to.
  private static func onThreads<R: Sendable>(
    _ count: Int, _ body: @escaping @Sendable () throws -> R
  ) async -> [Result<R, any Error>] {
    await withTaskGroup { group in
      for number in 0..<count {
        group.addTask {
          await withCheckedContinuation { continuation in
            do {
              try OwnThread.start(named: "adder-\(number)") {
                continuation.resume(returning: Result { try body() })
              }
            } catch {
              continuation.resume(returning: .failure(error))
            }
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }
}
