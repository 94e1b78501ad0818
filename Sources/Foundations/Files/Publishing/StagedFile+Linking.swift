import Glibc

extension StagedFile {
  /// Stages a second name of an open file instead of a copy; nil where a folder cannot hold one.
  ///
  /// The very file is linked, whatever stands at its path by now. Whoever writes to it later writes
  /// to what was published, too. It can be had only while nobody else stages or locks that file.
  package static func link(
    to source: borrowing FileDescriptor, in folder: Folder, for name: FileName = "file"
  ) throws(FileFailure) -> StagedFile? {
    let temporary = TemporaryName.make(for: name, .random(in: 0...UInt64.max))
    // By this name of the open file: its path may lead to another by now.
    let open = FilePath("/proc/self/fd/\(source.number)")
    do {
      try systemCall("link", folder.path(of: temporary)) {
        open.withCString { old in
          temporary.withCString { new in
            linkat(AT_FDCWD, old, folder.number, new, AT_SYMLINK_FOLLOW)
          }
        }
      }
    } catch let error
      where [EXDEV, EPERM, EMLINK, EOPNOTSUPP, ENOSYS, ENOENT].contains(error.errno)
    {
      return nil
    }
    return try locked(temporary, in: folder)
  }

  private static func locked(
    _ temporary: FileName, in folder: Folder
  ) throws(FileFailure) -> StagedFile? {
    do {
      let file = try folder.open(temporary, O_RDONLY | O_NONBLOCK)
      let staged = StagedFile(file: file, folder: folder, name: temporary)
      guard try staged.file.tryLock() else { return nil }
      // A sweep may have been quicker: the file has other names, so only this one tells.
      let shown = try folder.status(of: temporary)
      guard try shown.isSameFile(as: staged.file.status()) else { return nil }
      return staged
    } catch let error where error.errno == ENOENT {
      return nil
    } catch {
      try? folder.removeFile(temporary)
      throw error
    }
  }
}
