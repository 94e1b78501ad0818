import Blobs
import Foundations
package import Model
import Sniffing

extension RunStorage {
  private static let graceOfMaking = Duration.seconds(60)

  /// Brings a run's folder, blobs and rows to agree: the folder is the truth, the rows follow.
  ///
  /// What a crash left half done is finished; damaged metadata is put aside and made again; files
  /// that were lost come back from their blobs. Nothing is removed. Also the way in which a
  /// catalogue is built again, run by run.
  package func reconcile(_ id: RunID) throws -> RunReconciliation {
    var report = RunReconciliation(id)
    switch try place(of: id) {
    case .live:
      try locked(id) { folder in try reconcile(id, folder, &report) }
    case .trashed:
      try locked(id, in: trash()) { folder in
        try followRows(try documentInTrash(id, folder))
      }
    case .archived(let path): try followRows(try document(of: id, inArchive: path))
    case nil:
      report.isForgotten = try catalogue.read { try $0.run(id) } != nil
      try forgetRow(id)
    }
    return report
  }

  private func documentInTrash(_ id: RunID, _ folder: Folder) throws -> RunDocument {
    var document = try document(of: id, folder)
    // Its place says it, whether or not the file came to.
    document.run.deletedAt = document.run.deletedAt ?? now
    return document
  }

  private func reconcile(
    _ id: RunID, _ folder: Folder, _ report: inout RunReconciliation
  ) throws {
    cache.forget(id)
    if try isEmptied(id, folder, &report) { return }
    var document = try wholeDocument(id, folder, &report)
    document.run.deletedAt = nil
    var run = try listed(id, folder, document)
    report.adopted = run.document.outputs.dropFirst(document.outputs.count).map(\.filename)
    try restoreFiles(of: &run, &report)
    try restoreTexts(of: run, &report)
    if run.document != (try? self.document(of: id, folder)) {
      try commit(run)
    } else {
      try follow(run)
    }
  }

  /// Whether nothing at all is in a folder: its making was cut short before anybody had an answer.
  private func isEmptied(
    _ id: RunID, _ folder: Folder, _ report: inout RunReconciliation
  ) throws -> Bool {
    guard try FolderEntries(of: folder).isEmpty, try catalogue.read({ try $0.run(id) }) == nil
    else { return false }
    let changed = Timestamp(microseconds: folder.status.modifiedNanoseconds / 1_000)
    // A young one may be in the hands of who makes it.
    guard options.clock.now - changed > Self.graceOfMaking else {
      report.missing.append(FileName.metadata.text)
      return true
    }
    try runs.root.removeFolder(FileName(id))
    report.isForgotten = true
    return true
  }

  /// The document, made again where it is lost.
  private func wholeDocument(
    _ id: RunID, _ folder: Folder, _ report: inout RunReconciliation
  ) throws -> RunDocument {
    do {
      return try document(of: id, folder)
    } catch let error as RunFailure where error.code == .runDamaged {
      var names = TakenNames(try FolderEntries(of: folder).map(\.name.text))
      var aside = "metadata.json"
      if try folder.find(.metadata) != nil {
        aside = names.take("metadata.damaged", "json")
        guard let name = FileName(text: aside) else { throw error }
        try folder.rename(.metadata, to: name, in: folder, replacing: false)
      }
      report.damagedMetadata = aside
      return try remade(id, folder)
    }
  }

  /// A document from what the catalogue and the folder still know.
  private func remade(_ id: RunID, _ folder: Folder) throws -> RunDocument {
    let (row, outputs) = try catalogue.read { catalogue in
      (try catalogue.run(id), try catalogue.outputs(of: id))
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

  /// Makes lost files again from their blobs, and has content that the catalogue lost taken in.
  private func restoreFiles(of run: inout OpenRun, _ report: inout RunReconciliation) throws {
    for (index, record) in run.document.outputs.enumerated() {
      let target = try run.destination(record.filename)
      if try run.folder.find(target.name)?.kind == .plain {
        try checkContent(of: record, index, in: &run)
        continue
      }
      guard let blob = record.blob, try blobs.find(blob) != nil,
        try run.folder.find(target.name) == nil
      else {
        report.missing.append(record.filename)
        continue
      }
      try incoming(blob).publish(as: target)
      report.restored.append(record.filename)
    }
  }

  /// Takes the file of an output in where its content has no asset, or no name yet.
  private func checkContent(of record: OutputRecord, _ index: Int, in run: inout OpenRun) throws {
    if let blob = record.blob, try blobs.find(blob) != nil,
      try catalogue.read({ try $0.asset(of: blob) }) != nil
    {
      return
    }
    let path = run.folder.path(of: try run.destination(record.filename).name)
    let new = try takeIn(path, record.filename)
    guard !run.arrivals.contains(where: { $0.new.blob == new.blob }) else { return }
    run.arrivals.append(Arrival(new, id: new.id ?? AssetID(ids.uuid())))
    guard record.blob == nil else { return }
    // Of an older layout that was copied here by hand: the file now says what its content is.
    var details = record.details
    details["sha256"] = .string(new.blob.description)
    if let named = OutputRecord(.object(details), addedAt: record.addedAt) {
      run.document.replace(index + 1, by: named)
    }
  }

  private func restoreTexts(of run: OpenRun, _ report: inout RunReconciliation) throws {
    let texts: [(FileName, String?)] = [
      (.inputText, run.document.run.inputText),
      (.transformedText, run.document.run.transformedText),
    ]
    for (name, text) in texts {
      guard let text, try run.folder.find(name) == nil else { continue }
      try writeText(text, name, in: run.folder)
      report.restored.append(name.text)
    }
  }
}
