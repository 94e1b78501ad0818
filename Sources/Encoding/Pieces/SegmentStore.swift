package import Foundations
import Glibc
import Hashing

/// Finished pieces under the hash of what made them, each with its scores beside it.
///
/// A piece is two files: its pictures, and a record of their length, hash and scores. The record is
/// published last and stands for the piece: pictures without one are what a kill has left, and are
/// made again. Of probes the record alone is kept.
///
/// Several threads and processes may encode one film at once. Who makes a piece holds its lock;
/// who wants the same waits, and finds it.
package final class SegmentStore: Sendable {
  private static let largestRecord = 16 << 20

  /// Where it is.
  package let path: FilePath
  let folder: Folder
  let locks: Folder

  /// Opens the store in a folder, which is made where it is missing.
  package init(_ path: FilePath) throws {
    self.path = path
    folder = try Folder.make(path, durability: .relaxed)
    locks = try folder.makeFolderIfMissing("locks", durability: .relaxed)
  }

  /// The piece of a key: the one that is there, or the one that `make` puts at the path it is given.
  ///
  /// - Parameters:
  ///   - frames: which frames of the film it is for, which the key does not say.
  ///   - scoredEvery: one frame of so many is measured.
  ///   - keepsFile: whether its pictures are wanted, or its scores alone.
  package func piece(
    _ key: PieceKey, of frames: Range<Int>, scoredEvery: Int = 1, keepsFile: Bool,
    stop: StopFlag, make: (FilePath) throws -> (EncodedPiece, ScoredPiece)
  ) throws -> StoredPiece {
    if let found = try find(key, of: frames, needsFile: keepsFile, stop: stop) { return found }
    let lock = try PieceLock.take(key.name("lock"), in: locks, stop: stop)
    defer { withExtendedLifetime(lock) {} }
    // Somebody else may have made it while this one waited.
    if let found = try find(key, of: frames, needsFile: keepsFile, stop: stop) { return found }
    let staged = try StagedFile.create(in: folder, for: key.name("ivf"))
    let (piece, scored) = try make(staged.path)
    let (bytes, digest) = try Self.measure(staged.path, stop)
    let record = PieceRecord(piece, fileBytes: bytes, digest: digest, scored, every: scoredEvery)
    if keepsFile {
      try staged.publish(
        as: Destination(folder: folder, name: key.name("ivf")), replacing: true)
    }
    try AtomicFile.replace(
      Destination(folder: folder, name: key.name("json")),
      with: record.json.text(.indented).utf8,
      durability: keepsFile ? .durable : .relaxed)
    return stored(key, record, frames, isReused: false)
  }

  /// A piece that is there whole; one that is damaged is removed.
  package func find(
    _ key: PieceKey, of frames: Range<Int>, needsFile: Bool, stop: StopFlag
  ) throws -> StoredPiece? {
    guard let record = try record(key), record.frames == frames.count else { return nil }
    if needsFile, try !isWhole(key, record, stop) { return nil }
    return stored(key, record, frames, isReused: true)
  }

  /// The record of a key; nil where there is none that can be read.
  private func record(_ key: PieceKey) throws(FileFailure) -> PieceRecord? {
    guard try folder.find(key.name("json")) != nil else { return nil }
    do {
      let file = try folder.open(key.name("json"), O_RDONLY)
      let bytes = try file.readAll(limit: Self.largestRecord)
      if let json = try? JSONReader.read(bytes), let record = PieceRecord(json) {
        // The sweep goes by it.
        try? file.setModified(SystemTime().now)
        return record
      }
    } catch let error where error.code == .fileNotFound {
      return nil
    } catch let error where error.code == .fileTooLarge {
      // No record of ours.
    }
    try? folder.removeFile(key.name("json"))
    return nil
  }

  private func isWhole(_ key: PieceKey, _ record: PieceRecord, _ stop: StopFlag) throws -> Bool {
    guard let status = try folder.find(key.name("ivf")) else { return false }
    if status.size == record.fileBytes {
      let (_, digest) = try Self.measure(folder.path(of: key.name("ivf")), stop)
      if digest == record.digest { return true }
    }
    // The record goes first, since it stands for the piece.
    try? folder.removeFile(key.name("json"))
    try? folder.removeFile(key.name("ivf"))
    return false
  }

  private static func measure(
    _ path: FilePath, _ stop: StopFlag
  ) throws -> (bytes: Int64, digest: String) {
    let file = try FileDescriptor.open(path, O_RDONLY)
    return (try file.status().size, try SHA256.hash(file, stop: stop).description)
  }

  private func stored(
    _ key: PieceKey, _ record: PieceRecord, _ frames: Range<Int>, isReused: Bool
  ) -> StoredPiece {
    let piece = EncodedPiece(
      file: folder.path(of: key.name("ivf")), frames: frames, step: record.step,
      bytes: record.bytes, cpuSeconds: record.cpuSeconds, peakMemory: record.peakMemory)
    return StoredPiece(
      key: key, piece: piece,
      scored: ScoredPiece(scores: record.scores, cpuSeconds: record.scoreSeconds),
      isReused: isReused)
  }
}
