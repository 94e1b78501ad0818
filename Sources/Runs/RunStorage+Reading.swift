package import Foundations
package import Model

extension RunStorage {
  /// All that a run's metadata.json says, wherever the run is.
  package func metadata(of id: RunID) throws -> RunMetadata {
    switch try place(of: id) {
    case .live: RunMetadata(try document(of: id, folder(id)))
    case .trashed:
      RunMetadata(try document(of: id, try trash().folder(RelativePath(FileName(id)))))
    case .archived(let path): RunMetadata(try document(of: id, inArchive: path))
    case nil: throw RunFailure.notFound(id)
    }
  }

  /// The folder of a live run.
  package func path(of id: RunID) throws -> FilePath { try folder(id).path }

  /// Where a file of a run is; `run.file_not_found` for all that is no plain file right in the folder.
  package func path(of id: RunID, _ filename: String) throws -> FilePath {
    let folder = try folder(id)
    return folder.path(of: try find(filename, of: id, in: folder))
  }

  /// Opens a file of a run, so that it stays what it is whatever is moved meanwhile.
  package func open(_ filename: String, of id: RunID) throws -> FileDescriptor {
    let folder = try folder(id)
    return try folder.open(try find(filename, of: id, in: folder), FileFlags.reading)
  }

  private func find(_ filename: String, of id: RunID, in folder: Folder) throws -> FileName {
    let absent = RunFailure(
      .runFileNotFound, "run \(id) has no file \"\(RunValues.shown(filename))\"",
      hint: "show the run to see its files")
    // Hidden names are unfinished files.
    guard let name = FileName(text: filename), !name.isHidden, name.bytes.count <= SafeName.longest
    else { throw absent }
    if let status = try folder.find(name) {
      guard status.kind == .plain else { throw absent }
      return name
    }
    // The same name in the other Unicode form: Swift compares texts by what they mean.
    let other = try FolderEntries(of: folder).first { $0.name.text == filename }
    guard let other, try folder.find(other.name)?.kind == .plain else { throw absent }
    return other.name
  }

  /// Runs by what the catalogue knows, the newest first.
  package func list(
    _ filter: RunFilter, after cursor: PageCursor? = nil, atMost count: Int
  ) throws -> Page<Run> {
    try catalogue.read { try $0.runs(filter, after: cursor, atMost: count) }
  }

  /// The ids of all runs that have a folder or an archive, for who builds the catalogue again.
  ///
  /// `odd` is told of each entry that is no run.
  package func ids(odd: (FilePath) -> Void = { _ in }) throws -> [RunID] {
    var found: Set<RunID> = []
    for folder in [runs.root, try trash().root] {
      for entry in try FolderEntries(of: folder) where !entry.name.isHidden {
        if let id = try? RunID(entry.name.text), entry.kind ?? .folder == .folder {
          found.insert(id)
        } else {
          odd(folder.path(of: entry.name))
        }
      }
    }
    return try found.union(archivedIDs()).sorted()
  }
}
