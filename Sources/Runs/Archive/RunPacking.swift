import Compression
import Foundations
import Sniffing

/// A run's folder as a ZIP, and back.
enum RunPacking {
  /// Packs all of a folder, and tells how large the archive is; it is there whole and checked, or
  /// not at all.
  static func pack(
    _ folder: Folder, as target: Destination, _ durability: Durability, _ stop: StopFlag?
  ) throws -> Int64 {
    let files = try files(of: folder, stop)
    let staged = try StagedFile.create(beside: target)
    try write(files, to: staged.path, stop)
    try check(staged.path, has: files, stop)
    let size = try staged.file.status().size
    // What stands there is of an archiving that was cut short: the folder was still there.
    try staged.publish(as: target, replacing: true, durability: durability)
    return size
  }

  private static func write(_ files: [PackedFile], to path: FilePath, _ stop: StopFlag?) throws {
    let output = ZipOutput(try FileDescriptor.open(path, FileFlags.writing))
    let zip = ZipWriter { try output.write($0) }
    for file in files { try add(file, to: zip, stop) }
    try zip.finish()
  }

  private static func add(
    _ file: PackedFile, to zip: ZipWriter,
    _ stop: StopFlag?
  ) throws {
    let source = try FileDescriptor.open(file.at, FileFlags.reading)
    let head = try source.read(ContentType.headSize, at: 0)
    let kind = ContentType.of(head, size: file.status.size).kind
    let method: ZipWriter.Method = kind == .text || kind == .code ? .deflated : .stored
    try zip.add(
      file.path, method,
      modified: Timestamp(microseconds: file.status.modifiedNanoseconds / 1_000),
      expecting: file.status.size
    ) { write in
      var place: Int64 = 0
      while true {
        try stop?.check()
        let piece = try source.read(256 << 10, at: place)
        if piece.isEmpty { return }
        try write(piece)
        place += Int64(piece.count)
      }
    }
  }

  /// All plain files below a folder, metadata.json first, so that it is found at once.
  private static func files(
    of folder: Folder, _ stop: StopFlag?
  ) throws -> [PackedFile] {
    var found: [PackedFile] = []
    var walk = try FolderWalk(of: folder, stop: stop)
    while let item = try walk.next() {
      switch item {
      case .unreadable(_, let failure): throw failure
      case .entry(let path, let status):
        guard status.kind == .plain else { continue }
        let below = path.bytes.dropFirst(folder.path.bytes.count + 1)
        found.append(
          PackedFile(path: try RelativePath(untrusted: below), at: path, status: status))
      }
    }
    return found.filter { $0.path == "metadata.json" } + found.filter { $0.path != "metadata.json" }
  }

  private static func check(
    _ path: FilePath, has files: [PackedFile],
    _ stop: StopFlag?
  ) throws {
    let zip = try ZipReader(path)
    guard zip.entries.map(\.path) == files.map(\.path) else {
      throw RunFailure(.runDamaged, "\(path) does not hold what was packed into it")
    }
    for entry in zip.entries { try zip.read(entry, stop: stop) { _ in } }
  }

  /// Unpacks an archive into an empty folder; names that lead elsewhere end it.
  static func unpack(
    _ path: FilePath, into folder: Folder, _ durability: Durability, _ stop: StopFlag?
  ) throws {
    let zip = try ZipReader(path)
    let target = ConfinedFolder(folder)
    for entry in zip.entries {
      if let parent = entry.path.parent {
        try target.makeFolders(parent, durability: durability)
      }
      let file = try target.create(entry.path)
      try zip.read(entry, stop: stop) { try file.write($0) }
      if durability == .durable { try file.sync() }
    }
  }
}

/// A file on its way into an archive.
private struct PackedFile {
  /// Its place in the archive.
  let path: RelativePath
  let at: FilePath
  let status: FileStatus
}

/// The file that an archive is written to.
private final class ZipOutput {
  private let file: FileDescriptor
  init(_ file: consuming FileDescriptor) { self.file = file }
  func write(_ bytes: [UInt8]) throws { try file.write(bytes) }
}
