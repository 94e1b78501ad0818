import Glibc

/// A configuration file: found, read within bounds, and taken apart.
struct ConfigurationFile {
  let path: FilePath
  let document: TOMLDocument

  /// Reads a file; more than the reader's limit is not kept, so that the reader refuses it.
  init(reading path: FilePath) throws(FileFailure) {
    self.path = path
    document = TOMLReader.read(try Self.bytes(of: path))
  }

  private static func bytes(of path: FilePath) throws(FileFailure) -> [UInt8] {
    let file = try FileDescriptor.open(path, O_RDONLY)
    let limit = TOMLReader.Limits().bytes + 1
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    // Not by the size the system tells: `--config <(…)` is a pipe.
    while bytes.count < limit {
      let count = try block.withUnsafeMutableBytes { try file.read(into: $0) }
      if count == 0 { break }
      bytes += block[..<count]
    }
    return bytes
  }

  /// Reads a file that need not be there; nil where it is not.
  ///
  /// - Throws: Also where something other than a plain file has the name, so that a pipe put there
  ///   by somebody else does not hold up every command.
  static func ifPresent(_ path: FilePath) throws(FileFailure) -> ConfigurationFile? {
    let status: FileStatus
    do throws(FileFailure) {
      status = try FileStatus.of(path)
    } catch {
      if error.code == .fileNotFound { return nil }
      throw error
    }
    guard status.kind == .plain else {
      throw FileFailure(.fileNotPlain, "\(path) is no plain file")
    }
    return try ConfigurationFile(reading: path)
  }
}
