import Glibc

/// Small files that are replaced whole, so that no reader ever sees half of one.
package enum AtomicFile {
  /// Makes a file of bytes; `file.exists`, and the file untouched, where one of that name stands.
  package static func create(
    _ path: FilePath, with bytes: some Collection<UInt8>, mode: UInt32 = 0o666,
    durability: Durability = .durable
  ) throws(FileFailure) {
    let staged = try StagedFile.create(beside: path, mode: mode)
    try staged.append(bytes)
    try staged.publish(as: path, replacing: false, durability: durability)
  }

  /// Puts bytes in the place of a file, or makes it.
  ///
  /// Without a mode, an existing file's permissions are kept, so that what was private stays so.
  package static func replace(
    _ path: FilePath, with bytes: some Collection<UInt8>, mode: UInt32? = nil,
    durability: Durability = .durable
  ) throws(FileFailure) {
    try replace(Destination(path), with: bytes, mode: mode, durability: durability)
  }

  /// Puts bytes in the place of a file in an open folder, or makes it.
  package static func replace(
    _ target: Destination, with bytes: some Collection<UInt8>, mode: UInt32? = nil,
    durability: Durability = .durable
  ) throws(FileFailure) {
    let kept: UInt32? = if let mode { mode } else { try currentMode(of: target) }
    // Made with the narrower permissions from the start: nobody can open it in between.
    let staged = try StagedFile.create(beside: target, mode: kept ?? 0o666)
    if let kept { try staged.file.setMode(kept) }
    try staged.append(bytes)
    try staged.publish(as: target, replacing: true, durability: durability)
  }

  private static func currentMode(of target: Destination) throws(FileFailure) -> UInt32? {
    do {
      let status = try target.folder.status(of: target.name)
      return status.kind == .plain ? status.mode & 0o777 : nil
    } catch let error where error.errno == ENOENT {
      return nil
    }
  }
}
