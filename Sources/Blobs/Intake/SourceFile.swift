import Foundations
import Glibc

/// A file that is being taken in, held open, and the proof that it kept still meanwhile.
struct SourceFile: ~Copyable {
  // Small enough to stay in the processor's cache between reading, hashing and writing.
  private static let piece = 256 << 10

  let file: FileDescriptor
  let path: FilePath

  /// Opens a plain file.
  static func open(_ path: FilePath) throws(FileFailure) -> SourceFile {
    // Never waits on a pipe.
    let file = try FileDescriptor.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
    switch try file.status().kind {
    case .plain: return SourceFile(file: file, path: path)
    case .folder: throw FileFailure(.fileIsFolder, "\(path) is a folder")
    default: throw FileFailure(.fileNotPlain, "\(path) is not a plain file")
    }
  }

  /// Hands all bytes over and returns the identity under which they were read.
  ///
  /// `blob.changed_while_read` where the file is another after than before.
  func readAll(
    stop: StopFlag?, _ take: (Span<UInt8>) throws -> Void
  ) throws -> FileIdentity {
    try Self.readAll(file, path, stop: stop, take)
  }

  /// Hands all bytes of an open file over, as the other `readAll` does.
  static func readAll(
    _ file: borrowing FileDescriptor, _ path: FilePath, stop: StopFlag?,
    _ take: (Span<UInt8>) throws -> Void
  ) throws -> FileIdentity {
    let before = FileIdentity(try file.status())
    // One byte more than the file has, so that its end shows in the first reading of a small one.
    let room = Int(clamping: before.size) < piece ? Int(before.size) + 1 : piece
    var buffer = [UInt8](repeating: 0, count: room)
    var offset: Int64 = 0
    while true {
      try stop?.check()
      let count = try file.fill(&buffer, at: offset)
      if count == 0 { break }
      try take(buffer.span.extracting(first: count))
      offset += Int64(count)
      if count < buffer.count { break }
    }
    let after = FileIdentity(try file.status())
    guard after == before, offset == before.size else {
      throw BlobFailure(
        .blobChanged, "\(path) changed while it was read",
        hint: "add it again when its writer has finished")
    }
    return before
  }

  /// Removes the file from its place, if it is still there.
  static func remove(_ path: FilePath, _ identity: FileIdentity, for id: BlobID) throws {
    do {
      let place = try Destination(path)
      let shown = try place.folder.status(of: place.name)
      // Another file of that name came meanwhile: it is nobody's to remove.
      guard shown.device == identity.device, shown.inode == identity.inode else { return }
      try place.folder.removeFile(place.name)
    } catch let error where error.errno == ENOENT {
      return
    } catch {
      throw BlobFailure(
        .blobSourceKept, "\(path) is stored as \(id), but stays where it was", cause: error)
    }
  }
}
