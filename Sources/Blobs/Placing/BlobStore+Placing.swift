package import Foundations

extension BlobStore {
  /// Puts a blob as a file into some folder, in the first way that works, and tells which it was.
  ///
  /// A hard link keeps the blob's permissions (0444): whoever could write to it would damage the
  /// blob. A reflink or copy is a file of its own. Across file systems only a copy is possible:
  /// `file.other_file_system` where that is not among the ways. The file appears whole or not at
  /// all.
  @discardableResult
  package func materialise(
    _ id: BlobID, as target: Destination, ways: [FileCopy.Way] = FileCopy.Way.allCases,
    replacing: Bool = false, durability: Durability = .durable, stop: StopFlag? = nil
  ) throws -> FileCopy.Way {
    guard let path = localPath(of: id) else {
      return try download(id, as: target, ways, replacing, durability, stop)
    }
    guard try find(id) != nil else { throw BlobFailure.notFound(id) }
    return try FileCopy.place(
      path, as: target, ways: ways, replacing: replacing, durability: durability, stop: stop)
  }

  private func download(
    _ id: BlobID, as target: Destination, _ ways: [FileCopy.Way], _ replacing: Bool,
    _ durability: Durability, _ stop: StopFlag?
  ) throws -> FileCopy.Way {
    let content = try open(id)
    guard ways.contains(.copy) else {
      throw FileFailure(
        .fileElsewhere, "\(id) does not lie on this machine's disks, so it can only be copied",
        hint: "allow copies")
    }
    let staged = try StagedFile.create(beside: target)
    try content.read(stop: stop) { try staged.append($0) }
    try staged.publish(as: target, replacing: replacing, durability: durability)
    return .copy
  }
}
