import Foundations
package import Model

extension RunStorage {
  /// Begins a run: its folder with the input text and metadata.json, and its row.
  package func create(_ new: NewRun) throws -> Run {
    try new.check()
    let id = new.id ?? RunID(ids.uuid())
    if new.id != nil, try place(of: id) != nil { throw Self.exists(id) }
    var run = Run(
      id: id, user: new.user, createdAt: now, schema: new.schema, mode: new.mode.rawValue,
      inputText: new.inputText)
    run.state.expectedOutputs = new.expectedOutputs
    var document = RunDocument(run)
    for (key, value) in new.extra.members where !RunDocument.known.contains(key) {
      document.others[key] = value
    }
    guard try runs.root.makeNew(FileName(id)) else { throw Self.exists(id) }
    try locked(id) { folder in
      // metadata.json has the text as well, so this copy of it need not be waited for.
      try writeText(new.inputText, .inputText, in: folder)
      try write(document, in: folder, with: [runs.root])
      let open = OpenRun(
        id: id, folder: folder, document: document,
        names: TakenNames(["metadata.json", "input_text.txt"]))
      try follow(open)
      try remember(open)
    }
    return run
  }

  /// Writes a text beside metadata.json.
  func writeText(_ text: String, _ name: FileName, in folder: Folder) throws {
    try AtomicFile.replace(
      Destination(folder: folder, name: name), with: text.utf8, durability: .relaxed)
  }

  static func exists(_ id: RunID) -> RunFailure {
    RunFailure(
      .runExists, "there is a run \(id) already, or in the trash or the archive",
      hint: "let the library choose the id")
  }
}
