/// A folder with one log for each of many things, such as jobs: `logs/<name>.log`.
package struct LogFolder: Sendable {
  private let folder: FilePath
  private let format: LogFormat
  private let rotation: LogRotation
  private let fallback: (any LogSink)?

  /// The logs of a folder, which is made at the first line.
  package init(
    _ folder: FilePath, format: LogFormat, rotation: LogRotation = .job,
    fallback: (any LogSink)? = nil
  ) {
    self.folder = folder
    self.format = format
    self.rotation = rotation
    self.fallback = fallback
  }

  /// The log of one thing; one value of it should be shared by all who write to it.
  package func log(of name: FileName) -> LogFile {
    LogFile(path(of: name), format: format, rotation: rotation, fallback: fallback)
  }

  /// The files of a thing's log, oldest first; none where it has said nothing.
  package func files(of name: FileName) throws(FileFailure) -> [FilePath] {
    try rotation.files(of: path(of: name))
  }

  /// Removes a thing's log.
  package func remove(_ name: FileName) throws(FileFailure) { try rotation.remove(path(of: name)) }

  /// Removes the files of logs that nobody has written to for `age`.
  ///
  /// Only what has a log's name is looked at. A log that has been silent for so long and is written
  /// to again begins anew.
  package func sweep(olderThan age: Duration, at now: Timestamp) throws(FileFailure) {
    guard try FileStatus.find(folder) != nil else { return }
    let opened = try Folder.open(folder)
    for entry in try FolderEntries(of: opened) where Self.isLog(entry.name) {
      guard let status = try opened.find(entry.name), status.kind == .plain,
        now - Timestamp(microseconds: status.modifiedNanoseconds / 1_000) >= age
      else { continue }
      try opened.removeFile(entry.name)
    }
  }

  /// `x.log`, `x.log.first`, `x.log.1`.
  private static func isLog(_ name: FileName) -> Bool {
    let parts = name.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let log = Array("log".utf8)[...]
    guard parts.count >= 2 else { return false }
    if parts[parts.count - 1] == log { return true }
    let last = parts[parts.count - 1]
    return parts.count >= 3 && parts[parts.count - 2] == log
      && (last == Array("first".utf8)[...]
        || !last.isEmpty && last.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
  }

  private func path(of name: FileName) -> FilePath {
    folder.appending(FilePath(bytes: name.bytes + ".log".utf8))
  }
}
