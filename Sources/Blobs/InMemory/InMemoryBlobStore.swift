package import Foundations
import Hashing
import Synchronization

/// Blobs in memory: the plainest store that keeps the promises, to compare the others with.
package final class InMemoryBlobStore: BlobStore {
  struct Stored {
    var bytes: [UInt8]
    var renewed: Timestamp
  }

  package let features = BlobFeatures(
    hasLocalPaths: false, hasURLs: false, linksFiles: false, isLasting: false)

  private let clock: any TimeSource
  private let blobs = Mutex<[BlobID: Stored]>([:])

  /// An empty store.
  package init(clock: any TimeSource) { self.clock = clock }

  package func beginIntake(_ options: IntakeOptions) throws -> any BlobIntake {
    InMemoryBlobIntake(self, options)
  }

  package func take(
    _ file: FilePath, _ options: TakingOptions, stop: StopFlag?
  ) throws -> any StagedBlob {
    let source = try SourceFile.open(file)
    guard options.ways.contains(.copy) else {
      throw FileFailure(.fileElsewhere, "\(file) can only be copied into memory")
    }
    let intake = InMemoryBlobIntake(self, options.intake)
    let identity = try source.readAll(stop: stop) { try intake.append($0) }
    return try intake.finish(
      source: identity, removing: options.removesSource ? source.path : nil)
  }

  func commit(_ facts: BlobFacts, _ bytes: [UInt8]?) throws -> BlobCommit {
    try blobs.withLock { blobs in
      if let there = blobs[facts.id], there.bytes.count == facts.size {
        blobs[facts.id]?.renewed = clock.now
        return .alreadyThere
      }
      guard let bytes else { throw BlobFailure.discarded("the staged content \(facts.id)") }
      blobs[facts.id] = Stored(bytes: bytes, renewed: clock.now)
      return .stored
    }
  }

  package func open(_ id: BlobID) throws -> any BlobContent {
    guard let stored = blobs.withLock({ $0[id] }) else { throw BlobFailure.notFound(id) }
    return InMemoryBlobContent(id, stored.bytes)
  }

  package func find(_ id: BlobID) throws -> BlobStatus? {
    blobs.withLock { $0[id] }.map { status(id, $0) }
  }

  package func list(after id: BlobID?, atMost count: Int) throws -> [BlobStatus] {
    let later = blobs.withLock { blobs in
      blobs.filter { entry in id.map { $0 < entry.key } ?? true }
    }
    return later.sorted { $0.key < $1.key }.prefix(count).map { status($0.key, $0.value) }
  }

  private func status(_ id: BlobID, _ stored: Stored) -> BlobStatus {
    BlobStatus(id: id, size: Int64(stored.bytes.count), age: clock.now - stored.renewed)
  }

  package func renew(_ id: BlobID) throws -> BlobStatus? {
    let renewed = blobs.withLock { blobs in
      blobs[id]?.renewed = clock.now
      return blobs[id]
    }
    return renewed.map { status(id, $0) }
  }

  package func delete(
    _ id: BlobID, unlessYoungerThan grace: Duration
  ) throws -> BlobDeletion {
    blobs.withLock { blobs in
      guard let stored = blobs[id] else { return .absent }
      guard clock.now - stored.renewed >= grace else { return .tooYoung }
      blobs[id] = nil
      return .deleted(bytes: Int64(stored.bytes.count))
    }
  }

  package func verify(
    _ id: BlobID, quarantining: Bool, stop: StopFlag?
  ) throws -> BlobVerdict {
    blobs.withLock { blobs in
      guard let stored = blobs[id] else { return .missing }
      if BlobID(SHA256.hash(stored.bytes)) == id { return .sound(size: Int64(stored.bytes.count)) }
      if quarantining { blobs[id] = nil }
      return .damaged(movedTo: nil)
    }
  }

  /// Damages a blob, as a disk or a hand might.
  package func damage(_ id: BlobID, _ bytes: [UInt8]) {
    blobs.withLock { $0[id]?.bytes = bytes }
  }

  package func localPath(of id: BlobID) -> FilePath? { nil }

  package func url(for id: BlobID, expiresAfter time: Duration) throws -> String? { nil }
}
