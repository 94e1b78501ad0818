import Model
import Blobs
package import Foundations

extension Care {
  /// Saves the library to a folder that does not exist yet, while others go on using it.
  ///
  /// The catalogue is one state of it, and all that it refers to is there. On the same file system
  /// content costs no space; elsewhere it is copied, or linked to what an earlier backup there has.
  package func backUp(
    to target: FilePath, linkingTo earlier: FilePath? = nil, stop: StopFlag = StopFlag(),
    progress: ProgressSink = .none
  ) throws -> BackupManifest {
    try library.folder.requirePresent()
    guard try FileStatus.find(target) == nil else {
      throw LibraryFailure(
        .libraryOccupied, "\(target) is there already", hint: "name a folder that is not")
    }
    let work = Backup(library: library, target: target, earlier: earlier, stop: stop)
    return try work.run(progress)
  }
}

/// Saves a library.
struct Backup {
  let library: MediaLibrary
  let target: FilePath
  let earlier: FilePath?
  let stop: StopFlag

  func run(_ progress: ProgressSink) throws -> BackupManifest {
    _ = try Folder.make(target.appending("blobs"), durability: .relaxed)
    // Content first, then the catalogue, then what came in between: what the catalogue's copy
    // refers to was either there before it was made, or is so young that no sweep takes it.
    _ = try copyBlobs(progress.part(0...0.45))
    // The journal before the catalogue: one that is behind is made whole when the catalogue is
    // opened, one that is ahead would have to be believed. It is appended to, so it is copied.
    var copied = TreeCopy(ways: [.reflink, .copy], stop: stop)
    try copied.copy(library.folder.path(of: .journal), to: target.appending("journal"))
    try library.catalogue.backUp(
      to: target.appending("mediary.db"), progress: progress.part(0.45...0.55), stop: stop)
    let (blobs, bytes) = try copyBlobs(progress.part(0.55...0.9))
    // A file of a run is replaced and never changed, so a second name of it stays as it is.
    var linked = TreeCopy(ways: [.reflink, .hardLink, .copy], stop: stop)
    for place in [LibraryFolder.Place.runs, .archive, .trash] {
      try linked.copy(library.folder.path(of: place), to: target.appending(place.rawValue))
    }
    try AtomicFile.replace(
      target.appending(LibraryMark.fileName),
      with: Array((library.folder.mark.json.text(.indented) + "\n").utf8))
    let manifest = BackupManifest(
      library: library.folder.mark.id, madeAt: library.clock.now.description, blobs: blobs,
      bytes: bytes, files: linked.files + copied.files)
    // All of it is on the disk before it is called whole.
    try FileSystem.flush(target)
    try AtomicFile.create(
      target.appending(BackupManifest.fileName),
      with: Array((manifest.json.text(.indented) + "\n").utf8))
    progress.report(1, "done")
    return manifest
  }

  /// Brings over all content that is not there yet.
  private func copyBlobs(_ progress: ProgressSink) throws -> (blobs: Int, bytes: Int64) {
    var (count, bytes) = (0, Int64(0))
    var last: BlobID?
    while true {
      try stop.check()
      let blobs = try library.blobs.list(after: last, atMost: 1_000)
      guard let end = blobs.last else { return (count, bytes) }
      last = end.id
      for blob in blobs {
        try stop.check()
        guard try copy(blob.id) else { continue }
        count += 1
        bytes += blob.size
      }
      progress.report(nil, HumanText.bytes(bytes))
    }
  }

  /// Brings one content over; false where it went meanwhile.
  private func copy(_ blob: BlobID) throws -> Bool {
    let place = Self.place(of: blob, in: target)
    if try FileStatus.find(place) != nil { return true }
    _ = try Folder.make(place.parent, durability: .relaxed)
    if let earlier {
      let there = Self.place(of: blob, in: earlier)
      if try FileStatus.find(there) != nil {
        try FileCopy.place(there, as: Destination(place), durability: .relaxed, stop: stop)
        return true
      }
    }
    do {
      try library.blobs.materialise(
        blob, as: Destination(place), durability: .relaxed, stop: stop)
      return true
    } catch let error as BlobFailure where error.code == .blobNotFound {
      return false
    }
  }

  static func place(of blob: BlobID, in folder: FilePath) -> FilePath {
    let digits = blob.description
    return folder.appending("blobs").appending(String(digits.prefix(2)))
      .appending(String(digits.dropFirst(2).prefix(2))).appending(digits)
  }
}
