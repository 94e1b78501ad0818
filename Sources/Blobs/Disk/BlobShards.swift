import Foundations
import Synchronization

/// The folders `ab/cd` over which blobs are spread by the first digits of their ids.
///
/// They are made when they are first needed and never removed, so that nobody loses the ground
/// under his feet.
final class BlobShards: Sendable {
  private let root: ConfinedFolder
  /// What this process knows of the shards, a bit for each of them and for the folders above.
  private struct Known {
    // Those whose names are on the disk. What another process made counts only once this one has
    // flushed it.
    var flushed = Bits(count: 65_536)
    var outerFlushed = Bits(count: 256)
    // Those that were seen, on the disk or not.
    var outerSeen = Bits(count: 256)
  }

  private let known = Mutex(Known())

  init(_ folder: Folder) { root = ConfinedFolder(folder) }

  /// Where a blob lies, or would.
  func path(of id: BlobID) -> FilePath {
    let place = Self.place(of: id)
    return root.root.path.appending(place.outer).appending(place.inner).appending(place.name)
  }

  /// The shard of a blob; nil where it was never made.
  func find(_ id: BlobID) throws(FileFailure) -> BlobShard? {
    let place = Self.place(of: id)
    do {
      let folder = try root.folder(RelativePath(place.outer).appending(place.inner))
      return BlobShard(folder: folder, above: [], name: place.name)
    } catch let error where error.code == .fileNotFound {
      return nil
    }
  }

  /// The shard of a blob, made where it is missing, with the folders to be flushed beside it.
  func make(_ id: BlobID) throws(FileFailure) -> BlobShard {
    if isFlushed(id), let shard = try find(id) { return shard }
    let place = Self.place(of: id)
    let (isSeen, isOuterFlushed) = known.withLock {
      ($0.outerSeen[id.shard >> 8], $0.outerFlushed[id.shard >> 8])
    }
    let seen = isSeen ? try? root.root.folder(place.outer) : nil
    let outer =
      if let seen { seen } else {
        try root.root.makeFolderIfMissing(
          place.outer, durability: .relaxed, followLinks: false)
      }
    known.withLock { $0.outerSeen[id.shard >> 8] = true }
    let inner = try outer.makeFolderIfMissing(
      place.inner, durability: .relaxed, followLinks: false)
    return BlobShard(
      folder: inner, above: isOuterFlushed ? [outer] : [outer, root.root], name: place.name)
  }

  /// Notes that a shard's name, and that of the folder above it, are on the disk.
  func noteFlushed(_ id: BlobID) {
    known.withLock { known in
      known.flushed[id.shard] = true
      known.outerFlushed[id.shard >> 8] = true
    }
  }

  private func isFlushed(_ id: BlobID) -> Bool { known.withLock { $0.flushed[id.shard] } }

  /// Hands over each blob after one of them, in order, until told to stop by a false.
  ///
  /// Only the names of one folder of each level are held.
  func walk(after last: BlobID?, _ body: (BlobID, BlobShard) throws -> Bool) throws {
    let start = last.map(Self.place(of:))
    for outer in try FolderEntries(of: root.root) where Self.isShard(outer.name) {
      if let start, outer.name < start.outer { continue }
      guard let outerFolder = try Self.open(outer.name, in: root.root) else { continue }
      for inner in try FolderEntries(of: outerFolder) where Self.isShard(inner.name) {
        if let start, outer.name == start.outer, inner.name < start.inner { continue }
        guard let folder = try Self.open(inner.name, in: outerFolder) else { continue }
        for entry in try FolderEntries(of: folder) {
          guard let id = BlobID(digits: entry.name.bytes), last.map({ $0 < id }) ?? true else {
            continue
          }
          // A name in capitals or in the wrong folder is not where anybody would look for it.
          guard Self.place(of: id) == (outer.name, inner.name, entry.name) else { continue }
          guard try body(id, BlobShard(folder: folder, above: [], name: entry.name)) else { return }
        }
      }
    }
  }

  private static func open(_ name: FileName, in folder: Folder) throws(FileFailure) -> Folder? {
    do {
      return try folder.folder(name)
    } catch let error where [.fileNotFolder, .pathEscapes].contains(error.code) {
      // Somebody's file: not a place for blobs.
      return nil
    }
  }

  private static func isShard(_ name: FileName) -> Bool {
    name.bytes.count == 2
      && name.bytes.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  private static func place(
    of id: BlobID
  ) -> (outer: FileName, inner: FileName, name: FileName) {
    let digits = Array(id.description.utf8)
    guard let outer = FileName(bytes: digits[..<2]), let inner = FileName(bytes: digits[2..<4]),
      let name = FileName(bytes: digits)
    else { preconditionFailure("digits are a name") }
    return (outer, inner, name)
  }
}
