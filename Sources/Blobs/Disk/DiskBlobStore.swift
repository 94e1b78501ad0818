package import Foundations
import Synchronization

/// Blobs as files of one folder: `blobs/ab/cd/<sha256>`, mode 0444.
///
/// Many processes may use one folder at once. `staging/` beside it holds what is coming in, and
/// `quarantine/` what was found damaged; all three lie on one file system. Why no blob is lost
/// between a sweep and a commit stands in docs/decisions/0011-blobs.md.
package final class DiskBlobStore: BlobStore {
  /// How a store is opened.
  package struct Options: Sendable {
    /// Whether folders that are missing are made; otherwise `blob.store_absent`.
    package var makesFolders = true
    /// How old an unfinished file that no living process has must be to count as a leftover.
    ///
    /// For file systems whose locks do not reach other machines.
    package var leftoverAge: Duration = .zero
    /// From how many bytes on a file is flushed by itself, so as not to hold up a group of small.
    package var largeFile: Int64 = 8 << 20
    /// Where time comes from.
    package var clock: any TimeSource = SystemTime()

    /// A store that is made where it is missing.
    package init() {}
  }

  package let features = BlobFeatures(
    hasLocalPaths: true, hasURLs: false, linksFiles: true, isLasting: true)

  /// What was removed when the store was opened: the unfinished files of processes that died.
  package let leftovers: StagedFile.Swept

  let shards: BlobShards
  let staging: Folder
  let quarantine: Folder
  let options: Options
  // The disks whose files cannot share blocks with ours: not to be tried for each file.
  let unshared = Mutex<Set<UInt64>>([])
  // Made with the first durable commit, because it costs threads.
  private let group = Mutex<CommitGroup?>(nil)

  /// Opens the store in a library's folder, and removes what crashed processes left in it.
  package init(in library: FilePath, _ options: Options = Options()) throws {
    self.options = options
    let blobs = try Self.folder("blobs", in: library, options)
    staging = try Self.folder("staging", in: library, options)
    quarantine = try Self.folder("quarantine", in: library, options)
    for other in [staging, quarantine] where other.status.device != blobs.status.device {
      throw BlobFailure(
        .blobStoreSplit, "\(other.path) lies on another file system than \(blobs.path)",
        hint: "keep the whole folder on one file system")
    }
    shards = BlobShards(blobs)
    leftovers = try StagedFile.sweep(
      staging, olderThan: options.leftoverAge, clock: options.clock)
  }

  private static func folder(
    _ name: FileName, in library: FilePath, _ options: Options
  ) throws -> Folder {
    let path = library.appending(name)
    if options.makesFolders { return try Folder.make(path) }
    guard try FileStatus.find(path) != nil else {
      throw BlobFailure(
        .blobStoreAbsent, "\(path) is not there", hint: "mount its disk, or name another library")
    }
    return try Folder.open(path)
  }

  /// The group that makes small files durable together.
  func commitGroup() throws -> CommitGroup {
    try group.withLock { group in
      if let group { return group }
      let made = try CommitGroup()
      group = made
      return made
    }
  }

  package func beginIntake(_ options: IntakeOptions) throws -> any BlobIntake {
    if let size = options.expectedSize { try FreeSpace.check(size, at: staging.path) }
    return try DiskBlobIntake(self, options)
  }

  package func find(_ id: BlobID) throws -> BlobStatus? {
    guard let shard = try shards.find(id), let status = try shard.status() else { return nil }
    return blobStatus(id, status)
  }

  /// What a file in its place says of its blob; nil where it is no plain file.
  func blobStatus(_ id: BlobID, _ status: FileStatus) -> BlobStatus? {
    guard status.kind == .plain else { return nil }
    return BlobStatus(id: id, size: status.size, age: age(of: status))
  }

  /// How long ago a blob was committed or renewed: the time of its file, which no reader changes.
  func age(of status: FileStatus) -> Duration {
    options.clock.now - Timestamp(microseconds: status.modifiedNanoseconds / 1_000)
  }

  package func localPath(of id: BlobID) -> FilePath? { shards.path(of: id) }

  package func url(for id: BlobID, expiresAfter time: Duration) throws -> String? { nil }
}
