import Foundations
import Model

extension RunReconciler {
  /// The document, made again where it is lost.
  mutating func wholeDocument(_ folder: Folder) throws -> RunDocument {
    do {
      return try runs.document(of: id, folder)
    } catch let error as RunFailure where error.code == .runDamaged {
      report.damagedMetadata = try putAside(error, in: folder)
      return try remade(folder)
    }
  }

  /// Gives damaged metadata another name, which is told.
  private func putAside(_ error: RunFailure, in folder: Folder) throws -> String {
    guard try folder.find(.metadata) != nil else { return FileName.metadata.text }
    var names = TakenNames(try FolderEntries(of: folder).map(\.name.text))
    let aside = names.take("metadata.damaged", "json")
    guard let name = FileName(text: aside) else { throw error }
    if !isDryRun { try folder.rename(.metadata, to: name, in: folder, replacing: false) }
    return aside
  }

  /// A document from what the catalogue and the folder still know.
  private func remade(_ folder: Folder) throws -> RunDocument {
    let (row, outputs) = try runs.catalogue.read { [id] catalogue in
      let row = try catalogue.run(id)
      return (row, row == nil ? [] : try catalogue.outputs(of: id))
    }
    var run =
      row
      ?? Run(
        id: id,
        createdAt: (UUID(id.text)?.time
          ?? Timestamp(microseconds: folder.status.modifiedNanoseconds / 1_000)).inMilliseconds,
        schema: "unknown", mode: "unknown")
    if row == nil { run.state.status = .complete }
    run.inputText = try run.inputText ?? text(.inputText, in: folder)
    run.transformedText = try run.transformedText ?? text(.transformedText, in: folder)
    var document = RunDocument(run)
    for output in outputs {
      if let record = OutputRecord(.object(output.details), addedAt: output.addedAt) {
        _ = document.append(record)
      }
    }
    return document
  }

  private func text(_ name: FileName, in folder: Folder) throws -> String? {
    guard try folder.find(name)?.kind == .plain else { return nil }
    let bytes = try folder.open(name, FileFlags.reading).readAll(limit: RunValues.longestText)
    return String(decoding: bytes, as: UTF8.self)
  }
}
