import Foundations
import Glibc

/// The folder in which one blob lies or will lie.
///
/// Its lock keeps everybody out who would give the blob's name or take it away: commits, renewals,
/// deletions and quarantine. Readers need none, since a name leads to a whole content or to none.
struct BlobShard {
  /// The folder, in an opening of its own, so that its lock holds against other threads too.
  let folder: Folder
  /// The folders above it that may have been made just now.
  let above: [Folder]
  /// The blob's name in it.
  let name: FileName

  var target: Destination { Destination(folder: folder, name: name) }

  /// What stands under the name; nil where nothing does.
  func status() throws(FileFailure) -> FileStatus? {
    try folder.find(name)
  }

  /// Opens the blob; nil where nothing, or no plain file, stands there.
  func open() throws(FileFailure) -> FileDescriptor? {
    // Most of the time the answer is no, and a look is cheaper than a failure.
    guard try status()?.kind == .plain else { return nil }
    do {
      let file = try folder.open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY)
      guard try file.status().kind == .plain else { return nil }
      return file
    } catch let error where error.errno == ENOENT || error.errno == ELOOP {
      return nil
    }
  }

  /// Waits until the names are on the disk.
  func flush() throws(FileFailure) {
    for folder in [folder] + above { try folder.sync() }
  }
}
