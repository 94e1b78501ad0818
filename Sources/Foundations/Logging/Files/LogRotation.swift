import Glibc

/// How large a log grows and what of it is kept.
///
/// A full `x.log` is renamed to `x.log.1`, that before to `x.log.2`, and so on; the oldest goes. A
/// log whose beginning matters, as that of a job does, keeps its first part as `x.log.first`.
package struct LogRotation: Sendable, Equatable {
  /// How large one file grows.
  package let bytes: Int64
  /// How many older files are kept beside the newest.
  package let olderFiles: Int
  /// Whether the first file stays for ever.
  package let keepsBeginning: Bool

  /// A rule; the default keeps 60 MB.
  package init(
    bytes: Int64 = 10_000_000, olderFiles: Int = 5, keepsBeginning: Bool = false
  ) {
    precondition(bytes > 0 && (1...1_000).contains(olderFiles), "a log keeps something")
    self.bytes = bytes
    self.olderFiles = olderFiles
    self.keepsBeginning = keepsBeginning
  }

  /// The rule for a job: its first megabyte and its last one or two.
  package static let job = LogRotation(bytes: 1_000_000, olderFiles: 1, keepsBeginning: true)

  func first(of path: FilePath) -> FilePath { FilePath(bytes: path.bytes + ".first".utf8) }

  func older(_ number: Int, of path: FilePath) -> FilePath {
    FilePath(bytes: path.bytes + ".\(number)".utf8)
  }

  /// All files a log may have, oldest first.
  private func names(of path: FilePath) -> [FilePath] {
    [first(of: path)] + (1...olderFiles).reversed().map { older($0, of: path) } + [path]
  }

  /// The files that a log has at this moment, oldest first: read one after the other, they are the
  /// log.
  package func files(of path: FilePath) throws(FileFailure) -> [FilePath] {
    var files: [FilePath] = []
    for name in names(of: path) where try FileStatus.find(name) != nil { files.append(name) }
    return files
  }

  /// Removes all files of a log.
  package func remove(_ path: FilePath) throws(FileFailure) {
    for name in try files(of: path) {
      try systemCall("remove", name) { name.withCString { unlink($0) } }
    }
  }

  /// Gives the files their next names, so that the newest name is free.
  ///
  /// - Returns: Whether the oldest went.
  func shift(_ path: FilePath) throws(FileFailure) -> Bool {
    let first = first(of: path)
    if keepsBeginning, try FileStatus.find(first) == nil {
      try Self.rename(path, to: first)
      return false
    }
    var free = 1
    while free <= olderFiles, try FileStatus.find(older(free, of: path)) != nil { free += 1 }
    for number in (1..<min(free, olderFiles)).reversed() {
      try Self.rename(older(number, of: path), to: older(number + 1, of: path))
    }
    try Self.rename(path, to: older(1, of: path))
    return free > olderFiles
  }

  private static func rename(_ old: FilePath, to new: FilePath) throws(FileFailure) {
    try systemCall("rename to", new) {
      old.withCString { old in new.withCString { new in Glibc.rename(old, new) } }
    }
  }
}
