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

  private func path(of name: FileName) -> FilePath {
    folder.appending(FilePath(bytes: name.bytes + ".log".utf8))
  }
}
