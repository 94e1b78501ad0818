import Compression
package import Foundations
package import Model

extension RunStorage {
  private static let years: ClosedRange<Int> = 0...9_999

  /// The folder of archived runs.
  func archive() throws -> Folder { try Folder.make(library.appending("archive")) }

  private static func zipName(_ id: RunID) -> FileName {
    guard let name = FileName(text: "\(id).zip") else { preconditionFailure("an id is a name") }
    return name
  }

  /// The ZIP that a run lies in; nil where it is not archived.
  func archived(_ id: RunID) throws -> FilePath? {
    guard let archive = try Self.opened(library.appending("archive")) else { return nil }
    for entry in try FolderEntries(of: archive) where Int(entry.name.text) != nil {
      guard let year = try? archive.folder(entry.name) else { continue }
      if try year.find(Self.zipName(id))?.kind == .plain { return year.path(of: Self.zipName(id)) }
    }
    return nil
  }

  /// The ids of all archived runs.
  func archivedIDs() throws -> Set<RunID> {
    var found: Set<RunID> = []
    guard let archive = try Self.opened(library.appending("archive")) else { return [] }
    for entry in try FolderEntries(of: archive) where Int(entry.name.text) != nil {
      guard let year = try? archive.folder(entry.name) else { continue }
      for file in try FolderEntries(of: year) where file.name.text.hasSuffix(".zip") {
        if let id = try? RunID(String(file.name.text.dropLast(4))) { found.insert(id) }
      }
    }
    return found
  }

  /// The metadata of an archived run.
  func document(of id: RunID, inArchive path: FilePath) throws -> RunDocument {
    let zip = try ZipReader(path)
    guard let entry = zip.find("metadata.json") else {
      throw RunFailure.damaged(path, "it has no metadata.json")
    }
    let status = try FileStatus.of(path)
    let time = Timestamp(microseconds: status.modifiedNanoseconds / 1_000).inMilliseconds
    var document = try RunDocument(
      zip.read(entry, atMost: RunDocument.longest), of: id, createdAt: time)
    document.run.archivedAt = time
    return document
  }

  /// Packs a run into `archive/<year>/<run_id>.zip`, reads that again, and removes the folder.
  ///
  /// Media lie in it as they are, texts packed. The run stays in the catalogue, marked.
  package func archive(_ id: RunID, stop: StopFlag? = nil) throws -> Run {
    try locked(id) { try pack(id, $0, stop) }
  }

  /// Packs a locked run.
  func pack(_ id: RunID, _ folder: Folder, _ stop: StopFlag?) throws -> Run {
    let document = try document(of: id, folder)
    let year = try Folder.make(
      library.appending("archive").appending(String(document.run.createdAt.description.prefix(4))))
    let target = Destination(folder: year, name: Self.zipName(id))
    let size = try RunPacking.pack(folder, as: target, options.durability, stop)
    try ArchiveIndex(folder: try archive()).append(
      Self.line(document, size, now, target), durability: options.durability)
    try removeFolder(of: id, stop)
    let packed = try self.document(of: id, inArchive: target.path)
    try followRows(packed)
    return packed.run
  }

  private static func line(
    _ document: RunDocument, _ size: Int64, _ now: Timestamp, _ target: Destination
  ) -> JSONObject {
    let run = document.run
    let year = target.folder.path.name
    return [
      "run_id": .string(run.id.text), "file": .string("\(year)/\(target.name.text)"),
      "archived_at": .string(now.description), "size_bytes": .int(size),
      "timestamp": .string(run.createdAt.description), "schema": .string(run.schema),
      "user_id": .string(orNull: run.user), "outputs": .int(document.outputs.count),
    ]
  }

  /// Takes a run's folder away in one step, and then apart.
  private func removeFolder(of id: RunID, _ stop: StopFlag?) throws {
    cache.forget(id)
    guard let name = FileName(text: ".archived-\(id)") else {
      preconditionFailure("a sign before an id is a name")
    }
    if try runs.root.find(name) != nil { try runs.removeTree(RelativePath(name)) }
    try runs.root.rename(FileName(id), to: name, in: runs.root, replacing: false)
    if options.durability == .durable { try runs.root.sync() }
    // It is hidden and packed: what cannot be removed now costs room and nothing else.
    try? runs.removeTree(RelativePath(name), stop: stop)
  }

  /// Makes an archived run a folder again, and removes its ZIP.
  package func unarchive(_ id: RunID, stop: StopFlag? = nil) throws -> Run {
    guard let path = try archived(id) else {
      guard try place(of: id) != nil else { throw RunFailure.notFound(id) }
      throw RunFailure(.runNotArchived, "run \(id) is not archived")
    }
    try assemble(id, from: path, stop)
    let place = try Destination(path)
    try place.folder.removeFile(place.name)
    try ArchiveIndex(folder: try archive()).append(
      ["run_id": .string(id.text), "unarchived_at": .string(now.description)],
      durability: options.durability)
    _ = try reconcile(id)
    return try metadata(of: id).run
  }

  // By itself, since the assembly holds the run's lock as long as it lives.
  private func assemble(_ id: RunID, from path: FilePath, _ stop: StopFlag?) throws {
    let assembly = try RunAssembly.begin(id, in: runs)
    defer { assembly.end() }
    try RunPacking.unpack(path, into: assembly.folder, options.durability, stop)
    try assembly.publish(durability: options.durability)
  }
}
