/// A configuration file: found, read within bounds, and taken apart.
struct ConfigurationFile {
  let path: FilePath
  let document: TOMLDocument

  /// Reads a file; a pipe too, as `--config-file <(…)` gives one.
  init(reading path: FilePath) throws(FileFailure) {
    self.path = path
    let limits = TOMLReader.Limits()
    document = TOMLReader.read(try SmallFile.read(path, limit: limits.bytes), limits: limits)
  }

  /// Reads a file that need not be there; nil where it is not.
  ///
  /// - Throws: Also where something other than a plain file has the name, so that a pipe put there
  ///   by somebody else does not hold up every command.
  static func ifPresent(_ path: FilePath) throws(FileFailure) -> ConfigurationFile? {
    guard let status = try FileStatus.find(path) else { return nil }
    guard status.kind == .plain else {
      throw FileFailure(.fileNotPlain, "\(path) is no plain file")
    }
    return try ConfigurationFile(reading: path)
  }
}
