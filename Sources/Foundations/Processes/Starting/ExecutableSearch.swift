import Glibc

/// Finds the file of a program, as a shell would, and says exactly why when it cannot.
struct ExecutableSearch {
  /// The folders to look in, as `PATH` has them: separated by colons.
  let path: [UInt8]

  /// The absolute path of a program that may be run.
  ///
  /// A name with a slash in it is a path from this process's own folder; a bare name is looked
  /// for. Relative entries of `PATH` are passed over: what runs must not depend on where one
  /// stands.
  func find(_ executable: FilePath) throws(ProcessFailure) -> FilePath {
    if executable.bytes.contains(UInt8(ascii: "/")) { return try check(executable) }
    let folders = path.split(separator: UInt8(ascii: ":")).map { FilePath(bytes: $0) }
      .filter(\.isAbsolute)
    var refusal: ProcessFailure?
    for folder in folders {
      let candidate = folder.appending(executable)
      guard (try? FileStatus.of(candidate)) != nil else { continue }
      // Like a shell, past a file of that name that cannot be run.
      do { return try check(candidate) } catch { refusal = refusal ?? error }
    }
    if let refusal { throw refusal }
    let places = folders.map(\.text).joined(separator: ", ")
    throw ProcessFailure(
      .processNotFound,
      "cannot find the program \(executable); looked in \(places.isEmpty ? "no folder" : places)",
      hint: "install it, or name its full path")
  }

  private func check(_ executable: FilePath) throws(ProcessFailure) -> FilePath {
    let status: FileStatus
    do { status = try FileStatus.of(executable) } catch {
      throw ProcessFailure(
        .processNotFound, "cannot find the program \(executable)",
        hint: "install it, or correct its path", cause: error)
    }
    guard status.kind == .plain else {
      throw ProcessFailure(
        .processNotExecutable, "\(executable) is a \(status.kind.rawValue), not a program")
    }
    let access = executable.withCString { faccessat(AT_FDCWD, $0, X_OK, AT_EACCESS) }
    guard access == 0 else {
      throw ProcessFailure(
        .processNotExecutable, "\(executable) may not be run", hint: "make it executable (chmod +x)"
      )
    }
    return try absolute(executable)
  }

  private func absolute(_ path: FilePath) throws(ProcessFailure) -> FilePath {
    if path.isAbsolute { return path }
    guard let folder = getcwd(nil, 0) else {
      throw ProcessFailure(
        .processNotFound, "cannot find the program \(path): the current folder is gone",
        hint: "name its full path")
    }
    defer { free(folder) }
    return FilePath(String(cString: folder)).appending(path)
  }
}
