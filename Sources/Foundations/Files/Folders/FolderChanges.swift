import Glibc
import Synchronization

/// Tells what changes in a folder and in all folders below it, as the system notices it
/// (inotify(7)).
///
/// A hint and no record: a change may be told twice, and what happens while a new folder is not yet
/// watched is not told at all, so a new folder is to be looked through. Hidden names are passed
/// over. To be used by one thread at a time.
package final class FolderChanges: Sendable {
  /// What changed.
  package enum Change: Sendable, Hashable {
    /// A file was written and closed, or moved here.
    case file(FilePath)
    /// A folder was made or moved here.
    case folder(FilePath)
    /// More changed than could be told: everything is to be looked through.
    case lost
  }

  private static let events = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR | IN_EXCL_UNLINK)
  private static let headSize = 16

  private let descriptor: HeldDescriptor
  private let bell: Doorbell
  private let path: FilePath
  private let folders = Mutex<[Int32: FilePath]>([:])

  /// Watches a folder and those below it.
  package init(of root: FilePath) throws {
    bell = try Doorbell()
    let number = try systemCall("watch", root) { inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC)) }
    descriptor = HeldDescriptor(FileDescriptor(owning: number, path: root))
    path = root
    try watch(root)
    var walk = try FolderWalk(of: root)
    while let item = try walk.next() {
      guard case .entry(let path, let status) = item, status.kind == .folder else { continue }
      try watch(path)
    }
  }

  /// Watches one folder more.
  private func watch(_ path: FilePath) throws(FileFailure) {
    let number = descriptor.number
    do {
      let watch = try systemCall("watch", path) {
        path.withCString { inotify_add_watch(number, $0, Self.events) }
      }
      folders.withLock { $0[watch] = path }
    } catch let error where error.errno == ENOSPC {
      throw FileFailure(
        .filesExhausted, "\(path) cannot be watched: too many folders are watched already",
        hint: "raise fs.inotify.max_user_watches", errno: ENOSPC)
    } catch let error where error.errno == ENOENT || error.errno == ENOTDIR {
      // It went before it could be watched.
      return
    }
  }

  /// Waits for changes at most so long; none where the time is up.
  package func next(atMost time: Duration, stop: StopFlag) throws -> [Change] {
    let token = stop.onStop { [bell] _ in bell.ring() }
    defer { stop.removeAction(token) }
    try stop.check()
    var wishes = [descriptor.number, bell.descriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let milliseconds = Int32(clamping: Int64((time / .milliseconds(1)).rounded(.up)))
    _ = try systemCall("wait for changes in", path) { poll(&wishes, 2, milliseconds) }
    try stop.check()
    return wishes[0].revents != 0 ? try read() : []
  }

  private func read() throws -> [Change] {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    guard let count = try buffer.withUnsafeMutableBytes({ try descriptor.readIfReady(into: $0) })
    else { return [] }
    var changes: [Change] = []
    var place = 0
    while place + Self.headSize <= count {
      let (watch, mask, length) = buffer.withUnsafeBytes { bytes in
        (
          bytes.loadUnaligned(fromByteOffset: place, as: Int32.self),
          bytes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self),
          Int(bytes.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
        )
      }
      let start = place + Self.headSize
      place = start + length
      guard place <= count else { break }
      let name = FileName(bytes: buffer[start..<place].prefix { $0 != 0 })
      if let change = try change(watch, mask, name) { changes.append(change) }
    }
    return changes
  }

  private func change(_ watch: Int32, _ mask: UInt32, _ name: FileName?) throws -> Change? {
    if mask & UInt32(IN_Q_OVERFLOW) != 0 { return .lost }
    if mask & UInt32(IN_IGNORED) != 0 {
      folders.withLock { _ = $0.removeValue(forKey: watch) }
      return nil
    }
    guard let name, !name.isHidden, let folder = folders.withLock({ $0[watch] }) else {
      return nil
    }
    let path = folder.appending(name)
    if mask & UInt32(IN_ISDIR) != 0 {
      // What lies in it already came before anybody watched it.
      try self.watch(path)
      return .folder(path)
    }
    // A file that was only just made is still being written.
    return mask & UInt32(IN_CLOSE_WRITE | IN_MOVED_TO) != 0 ? .file(path) : nil
  }
}
