import Blobs
import Foundations
import Testing

/// What is promised of blobs that are removed.
enum Sweeping {
  private static let day = Duration.seconds(86_400)

  static let promises = [
    BlobPromise("a young blob is not removed, an old one is") {
      let id = try $0.add([1, 2, 3])
      #expect(try $0.store.delete(id, unlessYoungerThan: day) == .tooYoung)
      $0.time.advance(by: day)
      #expect(try $0.store.delete(id, unlessYoungerThan: day) == .deleted(bytes: 3))
      #expect(try $0.store.find(id) == nil)
      #expect(try $0.store.delete(id, unlessYoungerThan: day) == .absent)
    },
    BlobPromise("a blob from the future, after a clock went back, is young") {
      let id = try $0.add([1])
      $0.time.setWallClock(to: Timestamp(microseconds: 1_000_000))
      #expect(try $0.store.delete(id, unlessYoungerThan: day) == .tooYoung)
    },
    BlobPromise("content that comes again is young again, so a sweep in between does not take it") {
      let id = try $0.add([1, 2, 3])
      $0.time.advance(by: day * 2)
      let staged = try $0.stage([1, 2, 3])
      #expect(try staged.commit(.relaxed) == .alreadyThere)
      #expect(try $0.store.sweep { _ in [] }.deleted == 0)
      #expect(try $0.bytes(of: id) == [1, 2, 3])
    },
    BlobPromise("content that was staged before a sweep and committed after it is there") {
      try $0.add([1, 2, 3])
      $0.time.advance(by: day * 2)
      let staged = try $0.stage([1, 2, 3])
      #expect(try $0.store.sweep { _ in [] }.deleted == 1)
      #expect(try staged.commit(.relaxed) == .stored)
      #expect(try $0.bytes(of: staged.facts.id) == [1, 2, 3])
    },
    BlobPromise("a sweep takes what is old and not referred to, and asks in sorted batches") {
      let old = try (0..<50).map { [subject = $0] in try subject.add([UInt8($0)]) }.sorted()
      $0.time.advance(by: day)
      let young = try (50..<60).map { [subject = $0] in try subject.add([UInt8($0)]) }
      let kept = Set(old.enumerated().filter { $0.offset.isMultiple(of: 3) }.map(\.element))
      var asked: [[BlobID]] = []
      let dry = try $0.store.sweep(batch: 8, isDryRun: true) { ids in kept.intersection(ids) }
      #expect(try $0.store.list(after: nil, atMost: 100).count == 60)
      let sweep = try $0.store.sweep(batch: 8) { ids in
        asked.append(ids)
        return kept.intersection(ids)
      }
      #expect(sweep == dry)
      #expect(sweep.seen == 60 && sweep.young == 10 && sweep.referenced == 17)
      #expect(sweep.deleted == 33 && sweep.bytes == 33)
      #expect(asked.allSatisfy { $0.count <= 8 })
      #expect(asked.flatMap { $0 } == old)
      let left = try $0.store.list(after: nil, atMost: 100).map(\.id)
      #expect(left == (young + Array(kept)).sorted())
    },
    BlobPromise("where nobody can tell what is referred to, nothing is removed") {
      try $0.add([1])
      $0.time.advance(by: day)
      struct Unknown: Error {}
      #expect(throws: Unknown.self) { [store = $0.store] in
        try store.sweep { _ in throw Unknown() }
      }
      #expect(try $0.store.list(after: nil, atMost: 2).count == 1)
    },
    BlobPromise("a commit at any moment of a sweep keeps its content") { subject in
      let bytes = BlobPromise.content(7, size: 100)
      // Each round the blob is old and unwanted, and comes again while a sweep is at work.
      for _ in 0..<200 {
        let id = try subject.add(bytes)
        subject.time.advance(by: day * 2)
        let staged = try subject.stage(bytes)
        let swept = Monitor(false)
        try OwnThread.start(named: "sweep") {
          do { _ = try subject.store.sweep { _ in [] } } catch { Issue.record(error) }
          swept.withLock { $0 = true }
          swept.notify()
        }
        _ = try staged.commit(.relaxed)
        swept.wait { $0 ? () : nil }
        #expect(try subject.bytes(of: id) == bytes)
      }
    },
  ]
}
