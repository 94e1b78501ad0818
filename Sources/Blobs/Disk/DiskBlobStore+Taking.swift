package import Foundations
import Synchronization

extension DiskBlobStore {
  package func take(
    _ file: FilePath, _ options: TakingOptions, stop: StopFlag?
  ) throws -> any StagedBlob {
    let source = try SourceFile.open(file)
    for way in options.ways {
      try stop?.check()
      let staged: DiskStagedBlob? =
        switch way {
        case .reflink: try takeShared(source, options, stop)
        case .hardLink: try takeLinked(source, options, stop)
        case .copy: try takeCopied(source, options, stop)
        }
      if let staged { return staged }
    }
    throw FileFailure(
      .fileElsewhere, "\(file) and \(staging.path) cannot share their content",
      hint: "allow copies, or use a folder on the same file system")
  }

  private func takeCopied(
    _ source: borrowing SourceFile, _ options: TakingOptions, _ stop: StopFlag?
  ) throws -> DiskStagedBlob {
    try FreeSpace.check(source.file.status().size, at: staging.path)
    let intake = try DiskBlobIntake(self, options.intake)
    let identity = try source.readAll(stop: stop) { try intake.append($0) }
    return try intake.finish(
      source: identity, removing: options.removesSource ? source.path : nil)
  }

  /// Shares the blocks in one step and hashes what it got, which nobody can change any more.
  private func takeShared(
    _ source: borrowing SourceFile, _ options: TakingOptions, _ stop: StopFlag?
  ) throws -> DiskStagedBlob? {
    let before = FileIdentity(try source.file.status())
    if unshared.withLock({ $0.contains(before.device) }) { return nil }
    let staged = try StagedFile.create(in: staging, for: "blob", mode: 0o600)
    guard try FileCopy.reflink(source.file, to: staged.file) else {
      unshared.withLock { _ = $0.insert(before.device) }
      return nil
    }
    let facts = try Self.tally(staged.file, source.path, options.intake, stop).facts
    let after = FileIdentity(try source.file.status())
    return DiskStagedBlob(
      self, facts, staged,
      // The copy is whole whatever became of the file since; only the cache must not be told.
      source: after == before ? before : nil,
      removing: options.removesSource && after == before ? (source.path, before) : nil)
  }

  private func takeLinked(
    _ source: borrowing SourceFile, _ options: TakingOptions, _ stop: StopFlag?
  ) throws -> DiskStagedBlob? {
    guard let staged = try StagedFile.link(to: source.file, in: staging, for: "blob") else {
      return nil
    }
    // After the link, which itself changes the file's times.
    let (facts, identity) = try Self.tally(source.file, source.path, options.intake, stop)
    return DiskStagedBlob(
      self, facts, staged, source: nil,
      removing: options.removesSource ? (source.path, identity) : nil)
  }

  private static func tally(
    _ file: borrowing FileDescriptor, _ path: FilePath, _ options: IntakeOptions, _ stop: StopFlag?
  ) throws -> (facts: BlobFacts, identity: FileIdentity) {
    let tally = IntakeTally(options)
    let identity = try SourceFile.readAll(file, path, stop: stop) { try tally.take($0) }
    return (try tally.finish(), identity)
  }
}
