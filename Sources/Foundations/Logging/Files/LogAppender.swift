import Glibc

/// The file work of a log: opens, appends whole lines, and rotates.
///
/// Many processes may append to one log. Each line is one write to a file opened for appending, and
/// the system puts such writes one behind the other. Before each line the name is looked up: when
/// it names another file or none, somebody rotated, and that file is used from then on. Who wants
/// to rotate holds the lock of the file that the name names, so there is never more than one.
struct LogAppender: ~Copyable {
  private let path: FilePath
  private let rotation: LogRotation
  private var file: FileDescriptor?
  private var status: FileStatus?
  // Half a line stands at the end, since the disk was full or the machine went down.
  private var endsInBrokenLine = false

  init(_ path: FilePath, _ rotation: LogRotation) {
    self.path = path
    self.rotation = rotation
  }

  /// Appends a line with its end.
  ///
  /// - Returns: Whether older lines were given up to make room.
  mutating func append(_ line: [UInt8]) throws(FileFailure) -> Bool {
    var losesOldest = false
    let size = try open()
    if size > 0, size + Int64(line.count) > rotation.bytes {
      losesOldest = try rotate()
      _ = try open()
    }
    try write(line)
    return losesOldest
  }

  private mutating func write(_ line: [UInt8]) throws(FileFailure) {
    do throws(FileFailure) {
      try file?.write(endsInBrokenLine ? [UInt8(ascii: "\n")] + line : line)
      endsInBrokenLine = false
    } catch {
      endsInBrokenLine = true
      throw error
    }
  }

  /// Opens the file that the name names now, unless it is open already; gives its size.
  private mutating func open() throws(FileFailure) -> Int64 {
    if let status, let now = try FileStatus.find(path), now.isSameFile(as: status) {
      return now.size
    }
    close()
    // Not blocking: a pipe by that name must hold nobody up. Reading, to see how the file ends.
    let flags = O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK
    let opened: FileDescriptor
    do throws(FileFailure) {
      opened = try FileDescriptor.open(path, flags, mode: 0o640)
    } catch {
      guard error.errno == ENOENT else { throw error }
      _ = try Folder.make(path.parent, durability: .relaxed)
      opened = try FileDescriptor.open(path, flags, mode: 0o640)
    }
    let now = try opened.status()
    guard now.kind == .plain else {
      throw FileFailure(.fileNotPlain, "\(path) is no plain file, and no log is written to it")
    }
    let end = now.size > 0 ? try opened.read(1, at: now.size - 1) : []
    endsInBrokenLine = end.last.map { $0 != UInt8(ascii: "\n") } ?? false
    file = consume opened
    status = now
    return now.size
  }

  /// Makes room, unless another process is doing so or has done so.
  private mutating func rotate() throws(FileFailure) -> Bool {
    guard try file?.tryLock() == true else { return false }
    defer { close() }
    // The lock is that of the file, not of the name: the name may have moved on meanwhile.
    guard let status, let now = try FileStatus.find(path), now.isSameFile(as: status) else {
      return false
    }
    let losesOldest = try rotation.shift(path)
    try file?.unlock()
    return losesOldest
  }

  private mutating func close() {
    file = nil
    status = nil
  }

  /// Appends a line to the part of the log that is kept for ever, unless it ends in it already.
  func noteGap(_ line: [UInt8], saying message: String) throws(FileFailure) {
    let first = rotation.first(of: path)
    let file = try FileDescriptor.open(first, O_RDWR | O_APPEND)
    let size = try file.status().size
    let end = try file.read(Int(min(size, 4_096)), at: max(0, size - 4_096))
    guard !String(decoding: end, as: UTF8.self).contains(message) else { return }
    try file.write(line)
  }
}
