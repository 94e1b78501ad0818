import Foundations
import Synchronization

/// A whole content in a file of the staging folder.
final class DiskStagedBlob: StagedBlob {
  let facts: BlobFacts
  let source: FileIdentity?
  private let store: DiskBlobStore
  // The file to be removed once the content is in the store.
  private let moved: (path: FilePath, identity: FileIdentity)?
  // Nil once it is committed or given up. The lock is held while the disk is waited for, because
  // one thread at a time has to do with a staged blob.
  private let file: Mutex<StagedFile?>

  init(
    _ store: DiskBlobStore, _ facts: BlobFacts, _ file: consuming StagedFile,
    source: FileIdentity?, removing moved: (path: FilePath, identity: FileIdentity)?
  ) {
    self.store = store
    self.facts = facts
    self.source = source
    self.moved = moved
    self.file = Mutex(file)
  }

  func commit(_ durability: Durability) throws -> BlobCommit {
    let outcome = try file.withLock { try store.commit(&$0, facts, durability) }
    if let moved { try SourceFile.remove(moved.path, moved.identity, for: facts.id) }
    return outcome
  }

  func discard() { file.withLock { $0 = nil } }
}
