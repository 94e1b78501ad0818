package import Foundations

/// What tells a file that has not changed since it was hashed, without reading it again.
///
/// The key of the cache of hashes: same device, inode, size and times, so same content. The time
/// of the last change of anything about the file is among them, because nobody can set it back.
package struct FileIdentity: Sendable, Hashable {
  /// The disk.
  package let device: UInt64
  /// The place on the disk.
  package let inode: UInt64
  /// How many bytes the file has.
  package let size: Int64
  /// The last change of the content, in nanoseconds since 1970.
  package let modifiedNanoseconds: Int64
  /// The last change of anything about the file, in nanoseconds since 1970.
  package let changedNanoseconds: Int64

  /// An identity by its parts, as a cache keeps them.
  package init(
    device: UInt64, inode: UInt64, size: Int64, modifiedNanoseconds: Int64,
    changedNanoseconds: Int64
  ) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modifiedNanoseconds = modifiedNanoseconds
    self.changedNanoseconds = changedNanoseconds
  }

  /// The identity of a file as it is now.
  package init(_ status: FileStatus) {
    self.init(
      device: status.device, inode: status.inode, size: status.size,
      modifiedNanoseconds: status.modifiedNanoseconds,
      changedNanoseconds: status.changedNanoseconds)
  }

  /// Whether a change after this moment would show in the identity.
  ///
  /// File systems stamp in steps, some of two seconds: a file that was changed just now may change
  /// again within the same step, so its hash is not to be kept in a cache.
  package func isSettled(at now: Timestamp) -> Bool {
    let latest = Timestamp(microseconds: max(modifiedNanoseconds, changedNanoseconds) / 1_000)
    return now - latest > .seconds(3)
  }
}
