package import Glibc

/// An open file with one owner; closed when the owner lets go of it.
package struct FileDescriptor: ~Copyable {
  /// The system's number, valid as long as this value lives.
  package let number: Int32
  private let path: FilePath?

  /// Takes over a descriptor that something else opened.
  package init(owning number: Int32, path: FilePath? = nil) {
    precondition(number >= 0, "not a descriptor")
    self.number = number
    self.path = path
  }

  deinit { _ = Glibc.close(number) }

  /// Opens a file. Descriptors are never inherited by child processes unless handed to them.
  package static func open(
    _ path: FilePath, _ flags: Int32, mode: mode_t = 0o666
  ) throws(FileFailure) -> FileDescriptor {
    let number = try systemCall("open", path) {
      path.withCString { Glibc.open($0, flags | O_CLOEXEC, mode) }
    }
    return FileDescriptor(owning: number, path: path)
  }

  /// What the system knows of the file.
  package func status() throws(FileFailure) -> FileStatus {
    var raw = stat()
    try systemCall("read the status of", path) { fstat(number, &raw) }
    return FileStatus(raw)
  }

  /// Reads up to the buffer's size; 0 at the end of the file.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
    try systemCall("read", path) { Glibc.read(number, buffer.baseAddress, buffer.count) }
  }

  /// Reads up to `count` bytes from a place in the file; fewer only at its end.
  package func read(_ count: Int, at offset: Int64) throws(FileFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = try systemCall("read", path) {
        bytes.withUnsafeMutableBytes {
          pread(number, $0.baseAddress?.advanced(by: done), count - done, __off_t(offset) + done)
        }
      }
      if got == 0 { break }
      done += got
    }
    bytes.removeLast(count - done)
    return bytes
  }

  /// Writes all of the bytes.
  package func write(_ bytes: some Collection<UInt8>) throws(FileFailure) {
    let contiguous = Array(bytes)
    try contiguous.span.withUnsafeBytes { buffer throws(FileFailure) in try write(buffer) }
  }

  /// Writes all of a buffer, in as many calls as the system wants.
  package func write(_ buffer: UnsafeRawBufferPointer) throws(FileFailure) {
    var rest = buffer
    while !rest.isEmpty {
      let count = try systemCall("write", path) {
        Glibc.write(number, rest.baseAddress, rest.count)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Waits until content and size are on the disk.
  package func sync() throws(FileFailure) {
    try systemCall("flush", path) { fsync(number) }
  }
}

/// What kind of thing a path names, how large it is, and when it was changed.
package struct FileStatus: Sendable, Equatable {
  /// What stands at a path.
  package enum Kind: String, Sendable { case plain, folder, link, pipe, socket, device, other }

  /// What stands there.
  package let kind: Kind
  /// The size in bytes.
  package let size: Int64
  /// The permission bits.
  package let mode: UInt32
  /// The last change of the content, in nanoseconds since 1970.
  package let modifiedNanoseconds: Int64
  /// The disk and the place on it: together the file's identity.
  package let device: UInt64
  /// The place on the disk.
  package let inode: UInt64
  /// How many names the content has.
  package let links: Int

  init(_ raw: stat) {
    kind =
      switch raw.st_mode & S_IFMT {
      case S_IFREG: .plain
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      case S_IFBLK, S_IFCHR: .device
      default: .other
      }
    size = Int64(raw.st_size)
    mode = raw.st_mode & 0o7777
    modifiedNanoseconds = Int64(raw.st_mtim.tv_sec) * 1_000_000_000 + Int64(raw.st_mtim.tv_nsec)
    device = UInt64(raw.st_dev)
    inode = UInt64(raw.st_ino)
    links = Int(raw.st_nlink)
  }

  /// The status of what a path names, through links unless told otherwise.
  package static func of(
    _ path: FilePath, followLinks: Bool = true
  ) throws(FileFailure) -> FileStatus {
    var raw = stat()
    try systemCall("read", path) {
      path.withCString { followLinks ? stat($0, &raw) : lstat($0, &raw) }
    }
    return FileStatus(raw)
  }

  /// The status, or nil where nothing can be seen.
  package static func ifPresent(_ path: FilePath) -> FileStatus? { try? of(path) }
}
