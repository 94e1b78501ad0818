import Encoding
import Foundations

/// The file that is encoded, as it was when the encode began.
struct SourceFile {
  private let path: FilePath
  private let status: FileStatus

  init(_ path: FilePath) throws(FileFailure) {
    self.path = path
    status = try .of(path)
  }

  /// Refuses one that was written to or replaced meanwhile.
  func requireUnchanged() throws {
    let now = try FileStatus.of(path)
    guard now.isSameFile(as: status), now.size == status.size,
      now.modifiedNanoseconds == status.modifiedNanoseconds
    else { throw EncodingFailure.sourceChanged(path) }
  }
}
