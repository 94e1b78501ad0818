import Foundations

/// By what a program's file is told from another, and from what it was before.
struct FileIdentity: Sendable, Hashable {
  let text: String

  /// The identity of what stands at a path; nil for nothing.
  init?(_ path: FilePath) {
    guard let status = FileStatus.ifPresent(path) else { return nil }
    // A program changes with its libraries too, and their list changes with them.
    let libraries = FileStatus.ifPresent("/etc/ld.so.cache")
    text = [
      Int64(status.size), status.modifiedNanoseconds, status.changedNanoseconds,
      Int64(bitPattern: status.inode), Int64(bitPattern: status.device),
      libraries?.modifiedNanoseconds ?? 0, libraries?.size ?? 0,
    ].map { String($0) }.joined(separator: "-")
  }
}
