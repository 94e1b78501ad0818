import CSystem

/// The file system a path lies on.
package struct FileSystem: Sendable {
  /// What it is called: "ext4", "nfs"; a number in hex where we know no name.
  package let kind: String
  /// Whether it lies on another machine, where locks and memory maps cannot be relied on.
  package let isNetwork: Bool
  /// Bytes that an ordinary user may still write.
  package let freeBytes: Int64
  /// Bytes in all.
  package let totalBytes: Int64

  /// Looks at the file system of something that exists.
  package init(at path: FilePath) throws(FileFailure) {
    var raw = mediary_file_system_facts()
    try systemCall("look at the file system of", path) {
      path.withCString { mediary_file_system($0, &raw) }
    }
    let known = Self.known[raw.magic]
    kind = known?.name ?? "0x" + String(raw.magic, radix: 16)
    isNetwork = known?.isNetwork ?? false
    freeBytes = raw.free_blocks * raw.block_size
    totalBytes = raw.total_blocks * raw.block_size
  }

  /// Waits until all that was written to the file system of a folder is on its disk.
  ///
  /// For many files at once; the work of others on that disk is waited for too.
  package static func flush(_ folder: FilePath) throws(FileFailure) {
    let folder = try Folder.open(folder)
    try systemCall("flush the file system of", folder.path) {
      mediary_flush_file_system(folder.number)
    }
  }

  // statfs(2) lists the numbers.
  private static let known: [UInt64: (name: String, isNetwork: Bool)] = [
    0xEF53: ("ext4", false), 0x5846_5342: ("xfs", false), 0x9123_683E: ("btrfs", false),
    0x2FC1_2FC1: ("zfs", false), 0x0102_1994: ("tmpfs", false), 0x794C_7630: ("overlayfs", false),
    0xF2F5_2010: ("f2fs", false), 0x4D44: ("vfat", false), 0x2011_BAB0: ("exfat", false),
    0xCA45_1A4E: ("bcachefs", false), 0x6969: ("nfs", true), 0xFF53_4D42: ("cifs", true),
    0xFE53_4D42: ("smb", true), 0x0102_1997: ("9p", true), 0x00C3_6400: ("ceph", true),
    0x6573_5546: ("fuse", true), 0x5346_414F: ("afs", true), 0x0BD0_0BD0: ("lustre", true),
  ]
}
