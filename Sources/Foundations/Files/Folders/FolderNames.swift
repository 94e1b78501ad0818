import Glibc

/// Some names of a folder, for who takes them away as it goes and needs no order (`FolderEntries`).
enum FolderNames {
  /// The first names in a folder, without `.` and `..`.
  static func names(
    in folder: borrowing FileDescriptor, atMost limit: Int
  ) throws(FileFailure) -> [FilePath] {
    // A descriptor of its own, at the beginning of the folder whatever was read before.
    let copy = try systemCall("read") {
      openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard let stream = fdopendir(copy) else {
      close(copy)
      throw FileFailure(errno: ENOMEM, operation: "read", path: nil)
    }
    defer { closedir(stream) }
    var names: [FilePath] = []
    while names.count < limit, let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      let name = FilePath(bytes: bytes)
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }
}
