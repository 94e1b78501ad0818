import Glibc

/// A new file that nobody sees until it is published whole, or that is gone.
///
/// It bears a temporary name in its target's folder, or in a staging folder on the same file
/// system, and is written through `file`, or by a tool that is given `path`. Then it is published
/// once, or let go of, which removes it. The owner's checks come in between: whatever throws
/// before `publish` leaves no trace.
///
/// A lock on the open file marks it as alive; the system drops the lock with the process, however
/// that ends, so `sweep` can tell what a crash left behind.
package struct StagedFile: ~Copyable, Sendable {
  // So many names are tried; that even two are taken has other reasons than chance.
  private static let attempts = 8

  /// The open file, for reading and writing.
  package let file: FileDescriptor
  let folder: Folder
  let name: FileName
  var isPublished = false

  init(file: consuming FileDescriptor, folder: Folder, name: FileName) {
    self.file = file
    self.folder = folder
    self.name = name
  }

  deinit {
    // Where even this fails, the sweep finds it later.
    if !isPublished { try? folder.removeFile(name) }
    // Said, and not left to the closing of the file: a child that is just being started has a copy
    // of every descriptor for a moment, and neither a sweep nor the next writer is to wait for it.
    _ = flock(file.number, LOCK_UN)
  }

  /// Makes an empty file in an open folder; `name` is the one it will probably bear.
  package static func create(
    in folder: Folder, for name: FileName = "file", mode: UInt32 = 0o666,
    random: () -> UInt64 = { .random(in: 0...UInt64.max) }
  ) throws(FileFailure) -> StagedFile {
    var latest: FileFailure?
    for _ in 0..<attempts {
      let temporary = TemporaryName.make(for: name, random())
      do {
        let file = try folder.open(temporary, O_RDWR | O_CREAT | O_EXCL, mode: mode)
        let staged = StagedFile(file: file, folder: folder, name: temporary)
        if try staged.isOurs() { return staged }
      } catch let error where error.code == .fileExists {
        latest = error
      }
    }
    throw latest ?? FileFailure(.fileBusy, "no temporary name is free in \(folder.path)")
  }

  /// Makes an empty file in the folder of its target.
  package static func create(
    beside target: Destination, mode: UInt32 = 0o666
  ) throws(FileFailure) -> StagedFile {
    try create(in: target.folder, for: target.name, mode: mode)
  }

  /// Makes an empty file in the folder of its target.
  package static func create(
    beside target: FilePath, mode: UInt32 = 0o666
  ) throws(FileFailure) -> StagedFile {
    try create(beside: Destination(target), mode: mode)
  }

  /// Where it lies until it is published, for tools that write to a path.
  package var path: FilePath { folder.path(of: name) }

  /// Whether a path is one that a staged file lies at, and so its owner's alone.
  package static func isOne(at path: FilePath) -> Bool {
    path.fileName.map { TemporaryName.isOne($0) } ?? false
  }

  /// Writes all of the bytes at the end.
  package func append(_ bytes: some Collection<UInt8>) throws(FileFailure) {
    try file.write(bytes)
  }

  /// Takes the lock; false where a sweep was quicker and took the file for a leftover.
  private func isOurs() throws(FileFailure) -> Bool {
    do {
      guard try file.tryLock() else { return false }
    } catch {
      // A file system without locks: the sweep cannot take them either, and leaves the file.
      return true
    }
    return try file.status().links > 0
  }
}
