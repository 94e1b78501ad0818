package import Foundations
import Model
import Synchronization

extension RunStorage {
  /// Imports all runs of older layouts below a folder, which stay as they are.
  ///
  /// Each is told of as it is done. Ids are kept, so that an import which was cut short goes on where
  /// it was; unknown fields are kept too. One damaged run ends nothing. A time without a zone is
  /// read as one of `zone`, east of UTC.
  package func importRuns(
    from root: FilePath, zone: Duration = .zero, stop: StopFlag? = nil,
    each: (RunImport) throws -> Void
  ) throws {
    var walk = try FolderWalk(of: root, stop: stop)
    // Folders that have a run's parts, and no metadata yet.
    var suspects: Set<FilePath> = []
    while let item = try walk.next() {
      switch item {
      case .unreadable(let path, let failure): try each(.failed(path, failure))
      case .entry(let path, let status):
        if path.name == "metadata.json", status.kind == .plain {
          suspects.remove(path.parent)
          try each(importRun(path.parent, zone, stop))
        } else if status.kind == .folder, path.name == "final" {
          suspects.insert(path.parent)
        }
      }
    }
    for path in suspects.sorted(by: { $0.text < $1.text }) {
      try each(
        .failed(path, RunFailure(.runDamaged, "\(path) is of a run, but has no metadata.json")))
    }
  }

  private func importRun(_ path: FilePath, _ zone: Duration, _ stop: StopFlag?) throws -> RunImport
  {
    do {
      let old = try OldRun(Folder.open(path), zone: zone)
      if try place(of: old.id) != nil { return .alreadyThere(old.id, from: path) }
      return try take(old, stop)
    } catch let error as StoppedFailure {
      throw error
    } catch let error as FileFailure where error.code == .diskFull {
      throw error
    } catch {
      return .failed(path, error)
    }
  }

  private func take(_ old: OldRun, _ stop: StopFlag?) throws -> RunImport {
    let files = try OldFiles(old, stop: stop)
    let assembly = try RunAssembly.begin(old.id, in: runs)
    defer { assembly.end() }
    var run = OpenRun(
      id: old.id, folder: assembly.folder,
      document: try document(of: old, files), names: TakenNames([]))
    if !files.lost.isEmpty {
      run.document.others["lost_files"] = .array(files.lost.map { .object($0) })
    }
    run.document.others["imported_at"] = .string(now.description)
    var refused: [String] = []
    for file in files.found {
      try stop?.check()
      if try !take(file, of: old, into: &run) { refused.append(file.filename) }
    }
    try finish(run, assembly)
    return .imported(
      old.id, from: old.folder.path, outputs: run.document.outputs.count,
      missing: files.lost.map { $0["filename"]?.string ?? "" }, refused: refused)
  }

  private func finish(_ run: OpenRun, _ assembly: RunAssembly) throws {
    let texts = [
      (FileName.inputText, run.document.run.inputText),
      (.transformedText, run.document.run.transformedText),
    ]
    for (name, text) in texts {
      if let text { try writeText(text, name, in: run.folder) }
    }
    try write(run.document, in: run.folder)
    try assembly.publish(durability: options.durability)
    try follow(run)
  }

  private func document(of old: OldRun, _ files: OldFiles) throws -> RunDocument {
    func text(_ type: String, _ own: FileName) throws -> String? {
      if let entity = files.found.first(where: { $0.type == type }) {
        return try Self.text(at: entity.path)
      }
      guard try old.folder.find(own)?.kind == .plain else { return nil }
      return try Self.text(at: old.folder.path(of: own))
    }
    return old.document(
      inputText: try text("input", .inputText),
      transformedText: try text("interception", .transformedText),
      error: try text("error", "error.txt"))
  }

  private static func text(at path: FilePath) throws -> String? {
    let bytes = try SmallFile.read(path, limit: RunValues.longestEntity)
    return bytes.count <= RunValues.longestText ? String(validating: bytes, as: UTF8.self) : nil
  }
}
