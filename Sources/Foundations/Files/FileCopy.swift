import CSystem
import Glibc

/// A file's content put in a second place, in the cheapest way that both places allow.
package enum FileCopy {
  /// The ways, from the cheapest.
  package enum Way: String, Sendable, CaseIterable {
    /// A file of its own that shares the blocks until one of them is changed.
    case reflink
    /// A second name of the very same file: whoever changes one changes both.
    case hardLink
    /// A file of its own with blocks of its own.
    case copy
  }

  // Between two chunks the stop flag is looked at and progress told.
  static let chunk = 8 << 20

  /// Publishes what stands at `source` under a second name, and tells in which way.
  ///
  /// The ways are tried in their order; one that the file systems do not have leads to the next.
  /// The target appears whole or not at all, as with `StagedFile`.
  @discardableResult
  package static func place(
    _ source: FilePath, as target: Destination, ways: [Way] = Way.allCases,
    replacing: Bool = false, durability: Durability = .durable, stop: StopFlag? = nil,
    progress: (Int64) -> Void = { _ in }
  ) throws -> Way {
    let file = try FileDescriptor.open(source, O_RDONLY | O_NONBLOCK)
    guard try file.status().kind == .plain else {
      throw FileFailure(.fileNotPlain, "\(source) is not a plain file")
    }
    for way in ways {
      try stop?.check()
      switch way {
      case .reflink:
        let staged = try StagedFile.create(beside: target)
        guard try reflink(file, to: staged.file) else { continue }
        try staged.publish(as: target, replacing: replacing, durability: durability)
      case .hardLink:
        if durability == .durable { try file.sync() }
        guard try hardLink(source, as: target, replacing: replacing) else { continue }
        if durability == .durable { try StagedFile.flushName(in: target.folder, of: target.path) }
      case .copy:
        let staged = try StagedFile.create(beside: target)
        try contents(of: file, to: staged.file, stop: stop, progress: progress)
        try staged.publish(as: target, replacing: replacing, durability: durability)
      }
      return way
    }
    throw FileFailure(
      .fileElsewhere, "\(source) and \(target.path) cannot share their content",
      hint: "allow copies, or use a folder on the same file system")
  }

  /// Copies from where both files stand to the source's end, inside the kernel where it can.
  package static func contents(
    of source: borrowing FileDescriptor, to target: borrowing FileDescriptor,
    stop: StopFlag? = nil, progress: (Int64) -> Void = { _ in }
  ) throws {
    var copied: Int64 = 0
    while true {
      try stop?.check()
      guard let count = try copyRange(source, target), count > 0 || copied > 0 else { break }
      if count == 0 { return }
      copied += Int64(count)
      progress(copied)
    }
    // The kernel cannot, or says that there is nothing, as it does of files that it makes up while
    // they are read (/proc).
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      try stop?.check()
      let count = try source.read(into: &buffer)
      if count == 0 { return }
      try target.write(buffer.span.extracting(first: count).bytes)
      copied += Int64(count)
      progress(copied)
    }
  }

  /// Copies up to `count` bytes; nil where these two files cannot be copied inside the kernel.
  static func copyRange(
    _ source: borrowing FileDescriptor, _ target: borrowing FileDescriptor, _ count: Int = chunk
  ) throws(FileFailure) -> Int? {
    let (from, to) = (source.number, target.number)
    do {
      return try systemCall("copy to", target.path) { mediary_copy_range(from, to, count) }
    } catch let error where [EXDEV, EINVAL, ENOSYS, EOPNOTSUPP].contains(error.errno) {
      return nil
    }
  }

  /// Gives a file the blocks of another, in one step; false where these two cannot share them.
  package static func reflink(
    _ source: borrowing FileDescriptor, to target: borrowing FileDescriptor
  ) throws(FileFailure) -> Bool {
    let (from, to) = (source.number, target.number)
    do {
      try systemCall("share blocks with", target.path) { mediary_reflink(from, to) }
      return true
    } catch let error
      where [EXDEV, EINVAL, ENOSYS, EOPNOTSUPP, ENOTTY, EPERM].contains(error.errno)
    {
      return false
    }
  }

  /// Gives the file a second name; false where the two places cannot share it.
  private static func hardLink(
    _ source: FilePath, as target: Destination, replacing: Bool
  ) throws(FileFailure) -> Bool {
    // A link cannot replace: it is made under a temporary name, which then is renamed.
    let name =
      replacing
      ? TemporaryName.make(for: target.name, .random(in: 0...UInt64.max)) : target.name
    do {
      try systemCall("link", target.folder.path(of: name)) {
        source.withCString { old in
          name.withCString { new in
            linkat(AT_FDCWD, old, target.folder.number, new, AT_SYMLINK_FOLLOW)
          }
        }
      }
    } catch let error where [EXDEV, EPERM, EMLINK, EOPNOTSUPP, ENOSYS].contains(error.errno) {
      return false
    }
    guard replacing else { return true }
    // Renaming one name of a file onto another of the same file does nothing and leaves both.
    defer { try? target.folder.removeFile(name) }
    try target.folder.rename(name, to: target.name, in: target.folder, replacing: true)
    return true
  }
}
