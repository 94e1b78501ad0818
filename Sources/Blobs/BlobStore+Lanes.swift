package import Foundations

// The calls block. Servers, which may not, take them to a lane; each piece of work is one call
// there, and the next waits for it, so that a fast client meets a slow disk and not a queue.

extension BlobIntake {
  /// Takes more bytes, on a lane.
  package func append(_ bytes: [UInt8], on lane: BlockingLane) async throws {
    try await lane.run { try self.append(bytes) }
  }

  /// Ends it, on a lane.
  package func finish(on lane: BlockingLane) async throws -> any StagedBlob {
    try await lane.run { try self.finish() }
  }
}

extension StagedBlob {
  /// Puts it into the store, on a lane; once begun it is carried out.
  @discardableResult
  package func commit(
    _ durability: Durability = .durable, on lane: BlockingLane
  ) async throws -> BlobCommit {
    try await lane.run { try self.commit(durability) }
  }
}

extension BlobContent {
  /// The bytes of a part, on a lane.
  package func read(_ part: Range<Int64>, on lane: BlockingLane) async throws -> [UInt8] {
    try await lane.run { try self.read(part) }
  }
}

extension BlobStore {
  /// Takes in a file, on a lane; the task's cancellation stops it.
  package func take(
    _ file: FilePath, _ options: TakingOptions, on lane: BlockingLane
  ) async throws -> any StagedBlob {
    try await lane.runStoppable { try self.take(file, options, stop: $0) }
  }

  /// Opens a blob, on a lane.
  package func open(_ id: BlobID, on lane: BlockingLane) async throws -> any BlobContent {
    try await lane.run { try self.open(id) }
  }

  /// Reads a blob again and compares it with its name, on a lane; cancellation stops it.
  package func verify(
    _ id: BlobID, quarantining: Bool, on lane: BlockingLane
  ) async throws -> BlobVerdict {
    try await lane.runStoppable {
      try self.verify(id, quarantining: quarantining, stop: $0)
    }
  }
}
