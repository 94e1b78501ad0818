import Blobs
import Foundations
import Model
import Testing

/// What is promised of content that comes in.
enum Adding {
  static let promises = [
    CataloguePromise("content is there once it was added, by its id and by its bytes") {
      let added = try $0.add(1) { $0.facts.likeness = Likeness(bits: .max - 5) }
      #expect(!added.isDuplicate && !added.isRevived)
      let store = $0.store
      #expect(try store.read { try $0.asset(added.asset.id) } == added.asset)
      #expect(try store.read { try $0.asset(of: Sample.blob(1)) } == added.asset)
      #expect(try store.read { try $0.asset(of: Sample.blob(2)) } == nil)
      #expect(added.asset.facts.likeness == Likeness(bits: .max - 5))
    },
    CataloguePromise("the same content again is one more origin of the asset that is there") {
      let first = try $0.add(1)
      let again = try $0.store.write { transaction in
        var new = Sample.asset(1)
        new.name = "other.png"
        new.from = "/somewhere"
        return try transaction.addAsset(new, id: try Sample.assetID(9))
      }
      #expect(again.isDuplicate)
      #expect(again.asset == first.asset)
      let origins = try $0.store.read { try $0.origins(of: first.asset.id) }
      #expect(origins.map(\.name) == ["picture 1.png", "other.png"])
      #expect(origins.last?.from == "/somewhere")
      #expect(try $0.ids() == ["a1"])
    },
    CataloguePromise("an id that stands for other content is a conflict, and nothing is added") {
      let first = try $0.add(1)
      for number in [2, 1] {
        try $0.add(3)
        let subject = $0
        let wanted = number == 1 ? try Sample.assetID(3) : first.asset.id
        #expect(failureCode { try subject.add(number) { $0.id = wanted } } == .modelConflict)
      }
      #expect(try $0.ids() == ["a3", "a1"])
    },
    CataloguePromise("eight threads that add one content have one asset and seven duplicates") {
      let store = $0.store
      let added = try await withThrowingTaskGroup(of: AddedAsset.self) { tasks in
        for number in 0..<8 {
          tasks.addTask {
            try await onThread {
              try store.write { try $0.addAsset(Sample.asset(1), id: Sample.assetID(number)) }
            }
          }
        }
        return try await tasks.reduce(into: []) { $0.append($1) }
      }
      #expect(added.count { $0.isDuplicate } == 7)
      #expect(Set(added.map(\.asset.id)).count == 1)
      let id = try #require(added.first).asset.id
      #expect(try store.read { try $0.origins(of: id).count } == 8)
    },
    CataloguePromise("content in the trash lives again when it comes again") {
      let id = try $0.add(1).asset.id
      try $0.store.write {
        try $0.deleteAsset(id, at: Sample.time(5), evenIfReferenced: false)
      }
      let again = try $0.add(1)
      #expect(again.isDuplicate && again.isRevived)
      #expect(again.asset.deletedAt == nil)
      #expect(try $0.ids() == ["a1"])
    },
    CataloguePromise("a write that throws leaves nothing") {
      let store = $0.store
      let code = failureCode {
        try store.write {
          _ = try $0.addAsset(Sample.asset(1), id: Sample.assetID(1))
          _ = try $0.putWorkflow(Sample.workflow(1))
          try $0.undeleteAsset(Sample.assetID(7))
        }
      }
      #expect(code == .modelNotFound)
      let (ids, journal) = (try $0.ids(), try $0.journal())
      #expect(ids.isEmpty && journal.isEmpty)
      let statistics = try $0.store.read { try $0.statistics() }
      #expect(statistics == LibraryStatistics())
    },
    CataloguePromise("the hash of a file is known for as long as the file is the same") {
      let file = FileIdentity(
        device: .max, inode: .max - 1, size: 5, modifiedNanoseconds: 6, changedNanoseconds: 7)
      let changed = FileIdentity(
        device: .max, inode: .max - 1, size: 5, modifiedNanoseconds: 6, changedNanoseconds: 8)
      try $0.store.write { try $0.remember(file, Sample.blob(1)) }
      #expect(try $0.store.read { try $0.knownHash(of: file) } == Sample.blob(1))
      #expect(try $0.store.read { try $0.knownHash(of: changed) } == nil)
      try $0.store.write { try $0.remember(changed, Sample.blob(2)) }
      #expect(try $0.store.read { try $0.knownHash(of: file) } == nil)
      #expect(try $0.store.read { try $0.knownHash(of: changed) } == Sample.blob(2))
    },
  ]
}

/// Runs a body on a thread of its own, since writing blocks.
func onThread<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
  try await withCheckedThrowingContinuation { continuation in
    do {
      try OwnThread.start(named: "adder") {
        continuation.resume(with: Result { try body() })
      }
    } catch {
      continuation.resume(throwing: error)
    }
  }
}
