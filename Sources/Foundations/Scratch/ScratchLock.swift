import Glibc

/// A lock file that is held: locked, and still the one that stands at its path.
struct ScratchLock: ~Copyable {
  private let file: FileDescriptor
  private let path: FilePath

  private init(_ file: consuming FileDescriptor, _ path: FilePath) {
    self.file = file
    self.path = path
  }

  /// Makes the file and locks it; nil where somebody sweeping was quicker to lock it.
  ///
  /// Throws `file.exists` where one stands already.
  init?(creating path: FilePath) throws(FileFailure) {
    try self.init(opening: path, O_CREAT | O_EXCL)
  }

  /// Locks the file, making it where it is missing; nil while its owner lives.
  init?(taking path: FilePath) throws(FileFailure) {
    try self.init(opening: path, O_CREAT)
  }

  private init?(opening path: FilePath, _ flags: Int32) throws(FileFailure) {
    let file = try FileDescriptor.open(path, O_RDWR | O_NOFOLLOW | flags, mode: 0o600)
    let number = file.number
    do {
      try systemCall("lock", path) { flock(number, LOCK_EX | LOCK_NB) }
    } catch  where error.code == .fileBusy {
      return nil
    }
    // Between opening and locking, whoever held it may have removed it from its path; a lock on
    // what has no name keeps nobody out.
    guard try file.status().links > 0 else { return nil }
    self.init(file, path)
  }

  /// Notes that the folder was kept now, and lets go of the lock.
  consuming func release() throws(FileFailure) {
    try systemCall("touch", path) { futimens(file.number, nil) }
    // Said, and not left to the closing of the file: a child that is just being started has a
    // copy of every descriptor for a moment.
    try file.unlock()
  }

  /// Removes the file, and lets go of the lock.
  consuming func remove() throws(FileFailure) {
    try systemCall("remove", path) { path.withCString { unlink($0) } }
  }
}
