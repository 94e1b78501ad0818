import Foundations

extension DiskBlobStore {
  /// Gives a staged file its name, unless the content has it already; the file is gone after that.
  ///
  /// All of it happens under the shard's lock. So of many that commit one content, the first
  /// publishes and the others find it; and no sweep comes between the finding and the renewing.
  func commit(
    _ file: inout StagedFile?, _ facts: BlobFacts, _ durability: Durability
  ) throws -> BlobCommit {
    let shard = try shards.make(facts.id)
    try shard.folder.lock()
    defer { shard.folder.unlock() }
    if try keep(facts, in: shard, durability) {
      file = nil
      return .alreadyThere
    }
    guard file != nil else { throw BlobFailure.discarded("the staged content \(facts.id)") }
    if try shard.status() != nil { _ = try putAside(shard) }
    // Before the name is given, so that no reader sees a blob that can be written to or looks old.
    try file?.file.setModified(options.clock.now)
    try file?.file.setMode(0o444)
    if let staged = file.take() { try publish(staged, facts, in: shard, durability) }
    return .stored
  }

  /// Makes what stands under the name young again; false where nothing whole stands there.
  ///
  /// What has the wrong size was left by a power cut or is damaged: the bytes that arrive take its
  /// place, and it is put aside.
  private func keep(
    _ facts: BlobFacts, in shard: BlobShard, _ durability: Durability
  ) throws -> Bool {
    guard let file = try shard.open(), try file.status().size == facts.size else { return false }
    try file.setModified(options.clock.now)
    guard durability == .durable else { return true }
    // Whoever brought it may have been content with less, or not be done with flushing.
    try file.sync()
    try shard.flush()
    shards.noteFlushed(facts.id)
    return true
  }

  private func publish(
    _ staged: consuming StagedFile, _ facts: BlobFacts, in shard: BlobShard,
    _ durability: Durability
  ) throws {
    switch durability {
    case .relaxed:
      try staged.publish(as: shard.target, durability: .relaxed)
    case .durable:
      if facts.size >= options.largeFile { try staged.file.sync() }
      try commitGroup().publish(staged, as: shard.target, with: shard.above)
      shards.noteFlushed(facts.id)
    }
  }

  package func renew(_ id: BlobID) throws -> BlobStatus? {
    guard let shard = try shards.find(id) else { return nil }
    try shard.folder.lock()
    defer { shard.folder.unlock() }
    guard let file = try shard.open() else { return nil }
    try file.setModified(options.clock.now)
    return blobStatus(id, try file.status())
  }

  /// Moves what stands under a name to the quarantine, and tells where it is; under the lock.
  func putAside(_ shard: BlobShard) throws -> FilePath {
    for number in 1...1_000 {
      let suffix = number == 1 ? "" : ".\(number)"
      guard let name = FileName(bytes: shard.name.bytes + Array(suffix.utf8)) else { break }
      guard try move(shard, to: name) else { continue }
      try quarantine.sync()
      try shard.folder.sync()
      return quarantine.path(of: name)
    }
    throw BlobFailure(
      .blobDamaged, "\(shard.target.path) is damaged, and the quarantine holds it many times",
      hint: "look into \(quarantine.path) and clear it")
  }

  /// Moves what stands under a name to the quarantine; false where that holds the name already.
  private func move(_ shard: BlobShard, to name: FileName) throws(FileFailure) -> Bool {
    do {
      try shard.folder.rename(shard.name, to: name, in: quarantine, replacing: false)
      return true
    } catch let error where error.code == .fileExists {
      return false
    }
  }
}
