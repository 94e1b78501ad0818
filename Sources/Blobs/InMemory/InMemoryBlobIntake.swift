import Foundations
import Synchronization

/// Bytes on their way into memory.
final class InMemoryBlobIntake: BlobIntake {
  private struct State: ~Copyable {
    var bytes: [UInt8] = []
    var tally: IntakeTally?
  }

  private let store: InMemoryBlobStore
  private let state: Mutex<State>

  init(_ store: InMemoryBlobStore, _ options: IntakeOptions) {
    self.store = store
    state = Mutex(State(tally: IntakeTally(options)))
  }

  func append(_ bytes: Span<UInt8>) throws {
    try state.withLock { state in
      guard state.tally != nil else { throw BlobFailure.discarded("the intake") }
      do {
        try state.tally?.take(bytes)
      } catch {
        state.tally = nil
        throw error
      }
      for index in bytes.indices { state.bytes.append(bytes[index]) }
    }
  }

  func finish() throws -> any StagedBlob { try finish(source: nil, removing: nil) }

  func finish(source: FileIdentity?, removing path: FilePath?) throws -> InMemoryStagedBlob {
    try state.withLock { state in
      guard let tally = state.tally.take() else { throw BlobFailure.discarded("the intake") }
      let facts = try tally.finish()
      return InMemoryStagedBlob(store, facts, state.bytes, source: source, removing: path)
    }
  }

  func discard() { state.withLock { $0.tally = nil } }
}

/// A whole content in memory.
final class InMemoryStagedBlob: StagedBlob {
  let facts: BlobFacts
  let source: FileIdentity?
  private let store: InMemoryBlobStore
  private let moved: FilePath?
  private let bytes: Mutex<[UInt8]?>

  init(
    _ store: InMemoryBlobStore, _ facts: BlobFacts, _ bytes: [UInt8], source: FileIdentity?,
    removing moved: FilePath?
  ) {
    self.store = store
    self.facts = facts
    self.source = source
    self.moved = moved
    self.bytes = Mutex(bytes)
  }

  func commit(_ durability: Durability) throws -> BlobCommit {
    let outcome = try store.commit(facts, bytes.withLock { $0.take() })
    if let moved, let source { try SourceFile.remove(moved, source, for: facts.id) }
    return outcome
  }

  func discard() { bytes.withLock { $0 = nil } }
}

/// Some bytes in memory as a blob.
final class InMemoryBlobContent: BlobContent {
  let id: BlobID
  private let bytes: [UInt8]

  var size: Int64 { Int64(bytes.count) }

  init(_ id: BlobID, _ bytes: [UInt8]) {
    self.id = id
    self.bytes = bytes
  }

  func read(_ part: Range<Int64>) throws -> [UInt8] {
    try BlobReading.check(part, of: self)
    return Array(bytes[Int(part.lowerBound)..<Int(part.upperBound)])
  }
}
