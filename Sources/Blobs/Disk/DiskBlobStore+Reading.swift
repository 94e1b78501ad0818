package import Foundations
import Hashing

extension DiskBlobStore {
  package func open(_ id: BlobID) throws -> any BlobContent {
    guard let file = try shards.find(id)?.open() else { throw BlobFailure.notFound(id) }
    return try DiskBlobContent(id, file)
  }

  package func list(after id: BlobID?, atMost count: Int) throws -> [BlobStatus] {
    precondition(count > 0, "a list has room for a blob")
    var blobs: [BlobStatus] = []
    try shards.walk(after: id) { id, shard in
      // What was removed since the names were read, or is no file, is not in the list.
      if let status = try shard.status(), let blob = blobStatus(id, status) { blobs.append(blob) }
      return blobs.count < count
    }
    return blobs
  }

  package func verify(
    _ id: BlobID, quarantining: Bool, stop: StopFlag?
  ) throws -> BlobVerdict {
    guard let shard = try shards.find(id), let shown = try shard.status() else { return .missing }
    guard let file = try shard.open() else {
      return try damaged(id, shard, shown, quarantining, stop)
    }
    let digest = try SHA256.hash(file, stop: stop)
    let status = try file.status()
    if BlobID(digest) == id { return .sound(size: status.size) }
    return try damaged(id, shard, status, quarantining, stop)
  }

  private func damaged(
    _ id: BlobID, _ shard: BlobShard, _ status: FileStatus, _ quarantining: Bool, _ stop: StopFlag?
  ) throws -> BlobVerdict {
    guard quarantining else { return .damaged(movedTo: nil) }
    try shard.folder.lock()
    let isSame: Bool
    do {
      defer { shard.folder.unlock() }
      let shown = try shard.status()
      isSame = shown.map { $0.isSameFile(as: status) } ?? false
      if isSame { return .damaged(movedTo: try putAside(shard)) }
    }
    // Somebody else has put it aside, and perhaps the right bytes in its place.
    return try verify(id, quarantining: quarantining, stop: stop)
  }

  package func delete(
    _ id: BlobID, unlessYoungerThan grace: Duration
  ) throws -> BlobDeletion {
    guard let shard = try shards.find(id) else { return .absent }
    try shard.folder.lock()
    defer { shard.folder.unlock() }
    // Asked under the lock: a commit that found the blob has renewed it by now.
    guard let status = try shard.status(), status.kind == .plain else { return .absent }
    guard age(of: status) >= grace else { return .tooYoung }
    try shard.folder.removeFile(shard.name)
    return .deleted(bytes: status.size)
  }
}

/// An open file of the store.
final class DiskBlobContent: BlobContent {
  let id: BlobID
  let size: Int64
  private let file: FileDescriptor

  init(_ id: BlobID, _ file: consuming FileDescriptor) throws(FileFailure) {
    self.id = id
    size = try file.status().size
    self.file = file
  }

  func read(_ part: Range<Int64>) throws -> [UInt8] {
    try BlobReading.check(part, of: self)
    precondition(part.count <= BlobReading.longestPart, "a part of a blob is bounded")
    let bytes = try file.read(part.count, at: part.lowerBound)
    guard bytes.count == part.count else {
      throw BlobFailure(
        .blobDamaged, "the blob \(id) has become shorter than its \(size) bytes",
        hint: "verify the library")
    }
    return bytes
  }
}
