import Blobs
import Foundations
import Synchronization

extension RunStorage {
  /// Makes a blob ready to become a file of a run.
  func incoming(_ blob: BlobID) throws -> IncomingFile {
    guard let path = blobs.localPath(of: blob) else { return try downloaded(blob) }
    guard try blobs.find(blob) != nil else {
      throw BlobFailure(.blobNotFound, "there is no blob \(blob)", hint: "add the file again")
    }
    let ways = options.files.ways
    for (index, way) in ways.enumerated() {
      switch way {
      case .hardLink:
        return IncomingFile(linking: path, otherwise: Array(ways[(index + 1)...]))
      case .reflink where cannotShare.load(ordering: .relaxed): continue
      case .reflink, .copy: if let file = try staged(path, way) { return file }
      }
    }
    throw FileFailure(
      .fileElsewhere, "\(path) and \(runs.root.path) cannot share their content",
      hint: "set run_files to auto")
  }

  /// A copy beside the runs; nil where it cannot be made in this way.
  private func staged(_ path: FilePath, _ way: FileCopy.Way) throws -> IncomingFile? {
    let source = try FileDescriptor.open(path, FileFlags.reading)
    let staged = try StagedFile.create(in: staging, for: "output")
    if way == .reflink {
      guard try FileCopy.reflink(source, to: staged.file) else {
        // Asked once and not for each file.
        cannotShare.store(true, ordering: .relaxed)
        return nil
      }
    } else {
      try FileCopy.contents(of: source, to: staged.file)
    }
    if options.durability == .durable { try staged.file.sync() }
    return IncomingFile(staged)
  }

  private func downloaded(_ blob: BlobID) throws -> IncomingFile {
    guard options.files.ways.contains(.copy) else {
      throw FileFailure(
        .fileElsewhere, "\(blob) does not lie on this machine's disks, so it can only be copied",
        hint: "set run_files to auto or copy")
    }
    let content = try blobs.open(blob)
    let staged = try StagedFile.create(in: staging, for: "output")
    try content.read(stop: nil) { try staged.append($0) }
    if options.durability == .durable { try staged.file.sync() }
    return IncomingFile(staged)
  }
}
