import Foundations

/// A file of an older run, with what its metadata says of it.
struct OldFile {
  let path: FilePath
  /// The name that the old metadata has.
  let filename: String
  /// The old type: `output_image`, `interception`, `image`; nil where no row names the file.
  let type: String?
  /// The old row.
  let row: JSONObject
  let sequence: Int?
}

/// The files of an older run, and the rows whose files are gone.
struct OldFiles {
  private(set) var found: [OldFile] = []
  /// Rows whose file is not there, or was overwritten by that of a later row.
  private(set) var lost: [JSONObject] = []

  private static let folders: [FileName?] = [nil, "final", "prompting_process"]
  private static let texts: Set<String> = [
    "metadata.json", "input_text.txt", "transformed_text.txt",
  ]

  init(_ run: OldRun, stop: StopFlag?) throws {
    var rows: [JSONObject] = []
    for list in ["outputs", "entities", "prompting_process"] {
      rows += (run.object[list]?.array ?? []).compactMap(\.object)
    }
    var taken: Set<FilePath> = []
    // From the last: where two rows name one file, it is the file of the later one.
    for row in rows.reversed() {
      guard let filename = row["filename"]?.string, let path = try Self.find(filename, run.folder),
        taken.insert(path).inserted
      else {
        lost.append(row)
        continue
      }
      found.append(
        OldFile(
          path: path, filename: filename, type: row["type"]?.string, row: row,
          sequence: row["sequence"]?.int))
    }
    found.reverse()
    lost.reverse()
    try addUnlisted(of: run, taken, stop)
  }

  private mutating func addUnlisted(
    of run: OldRun, _ taken: Set<FilePath>, _ stop: StopFlag?
  ) throws {
    var walk = try FolderWalk(of: run.folder, stop: stop)
    while let item = try walk.next() {
      guard case .entry(let path, let status) = item, status.kind == .plain,
        !taken.contains(path), let name = path.fileName
      else { continue }
      if path.parent == run.folder.path, Self.texts.contains(name.text) { continue }
      found.append(
        OldFile(path: path, filename: name.text, type: nil, row: JSONObject(), sequence: nil))
    }
  }

  /// Where a file of an old row lies; names that lead elsewhere are nowhere.
  private static func find(_ filename: String, _ folder: Folder) throws -> FilePath? {
    guard let name = FileName(text: filename), !name.isHidden else { return nil }
    for part in folders {
      let place: Folder
      if let part {
        guard let below = try? folder.folder(part) else { continue }
        place = below
      } else {
        place = folder
      }
      if try place.find(name)?.kind == .plain { return place.path(of: name) }
    }
    return nil
  }
}
