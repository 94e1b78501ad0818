import Blobs
import Foundations
import Model
import Sniffing

extension RunStorage {
  /// What a locked run's folder says, from memory where it has not changed since.
  ///
  /// Outputs that an addition left in the folder when its process died, before they were in
  /// metadata.json, are taken up here.
  func opened(_ id: RunID, _ folder: Folder) throws -> OpenRun {
    if let entry = cache.find(id), try folder.find(.metadata) == entry.metadata,
      try runs.root.find(FileName(id)) == entry.folder
    {
      return OpenRun(
        id: id, folder: folder, document: entry.document, names: entry.names,
        catalogued: entry.catalogued)
    }
    cache.forget(id)
    return try listed(id, folder, try document(of: id, folder))
  }

  /// A run whose document is known, with the names of its folder and what was left in it.
  func listed(_ id: RunID, _ folder: Folder, _ document: RunDocument) throws -> OpenRun {
    let entries = try FolderEntries(of: folder)
    if entries.contains(where: \.name.isHidden) {
      // Half-written files of the dead; those of the living are locked.
      try StagedFile.sweep(folder, olderThan: .zero, clock: options.clock)
    }
    let left = try unlisted(entries, in: folder, document)
    var names = TakenNames(entries.map(\.name.text))
    for output in document.outputs { names.insert(output.filename) }
    var taken = document
    var arrivals: [Arrival] = []
    for (name, output) in left {
      guard let (arrival, record) = try takeUp(name, output, in: folder) else { continue }
      arrivals.append(arrival)
      _ = taken.append(record)
    }
    var run = OpenRun(id: id, folder: folder, document: taken, names: names)
    run.arrivals = arrivals
    return run
  }

  /// The files of a folder that are outputs by their names and bytes, and in no metadata.
  func unlisted(
    _ entries: FolderEntries, in folder: Folder, _ document: RunDocument
  ) throws -> [(FileName, OutputName)] {
    let listed = Set(
      document.outputs.map(\.filename) + document.entities.map(\.filename))
    return try entries.filter { $0.kind != .folder && !listed.contains($0.name.text) }
      .compactMap { entry in OutputName(entry.name.text).map { (entry.name, $0) } }
      .filter { try isOutput($0.0, $0.1, in: folder) }
      .sorted { ($0.1.type, $0.1.number) < ($1.1.type, $1.1.number) }
  }

  private func isOutput(
    _ name: FileName, _ output: OutputName, in folder: Folder
  ) throws -> Bool {
    // A name that is no text could not be said in metadata.json.
    guard FileName(text: name.text) == name, try folder.find(name)?.kind == .plain else {
      return false
    }
    let file = try folder.open(name, FileFlags.reading)
    let size = try file.status().size
    let found = ContentType.of(try file.read(ContentType.headSize, at: 0), size: size)
    let facts = AssetFacts(
      kind: found.kind, format: found.fileExtension, mimeType: found.mimeType)
    // Refused is somebody's own file that happens to be called so: it stays where it is.
    return (try? OutputType.decide(asked: output.type, facts, size: size, name: name.text)) != nil
  }

  /// Takes a file that is an output in as content; nil where a closer look refuses it.
  private func takeUp(
    _ name: FileName, _ output: OutputName, in folder: Folder
  ) throws -> (Arrival, OutputRecord)? {
    let new: NewAsset
    let type: OutputType
    do {
      new = try takeIn(folder.path(of: name), name.text)
      type = try OutputType.decide(
        asked: output.type, new.facts, size: new.size, name: name.text)
    } catch let error as any Failure where error.kind == .badMedia || error.kind == .usage {
      return nil
    }
    var about = OutputDetails()
    about.extra["recovered"] = true
    return (
      Arrival(new, id: new.id ?? AssetID(ids.uuid())),
      OutputRecord(type.text, name.text, new, about)
    )
  }

  /// Reads a run's metadata.json; it is whole at any moment, so no lock is needed.
  func document(of id: RunID, _ folder: Folder) throws -> RunDocument {
    let path = folder.path(of: .metadata)
    // It is replaced and never removed: what is seen here can be opened.
    guard let status = try folder.find(.metadata) else {
      throw RunFailure.damaged(path, "it is not there")
    }
    guard status.kind == .plain else { throw RunFailure.damaged(path, "it is no plain file") }
    let file = try folder.open(.metadata, FileFlags.reading)
    let bytes = try file.readAll(limit: RunDocument.longest)
    let created =
      UUID(id.text)?.time ?? Timestamp(microseconds: status.modifiedNanoseconds / 1_000)
    do {
      return try RunDocument(bytes, of: id, createdAt: created.inMilliseconds)
    } catch let error as JSONFailure {
      throw RunFailure.damaged(path, error.message, error)
    }
  }
}
