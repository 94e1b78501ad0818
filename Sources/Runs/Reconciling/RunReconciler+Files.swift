import Blobs
import Foundations
import Model

extension RunReconciler {
  /// Makes lost files again from their blobs, and has content that the library lost taken in.
  mutating func reconcileFiles(of run: inout OpenRun) throws {
    for (index, record) in run.document.outputs.enumerated() {
      let target = try run.destination(record.filename)
      if try run.folder.find(target.name)?.kind == .plain {
        try reconcileContent(of: record, index, in: &run)
        continue
      }
      guard let blob = record.blob, try runs.blobs.find(blob) != nil,
        try run.folder.find(target.name) == nil
      else {
        report.missing.append(record.filename)
        continue
      }
      if !isDryRun { try runs.incoming(blob).publish(as: target) }
      report.restored.append(record.filename)
    }
  }

  /// Takes the file of an output in where its content has no blob, no asset, or no name yet.
  private mutating func reconcileContent(
    of record: OutputRecord, _ index: Int, in run: inout OpenRun
  ) throws {
    let isStored = try record.blob.map { try runs.blobs.find($0) != nil } ?? false
    if isStored, let blob = record.blob,
      try runs.catalogue.read({ try $0.asset(of: blob) }) != nil
    {
      return
    }
    // What was taken up just now is on its way there already.
    if report.adopted.contains(record.filename) { return }
    if isStored {
      report.catalogueDiffers = true
    } else {
      report.takenIn.append(record.filename)
    }
    if !isDryRun { try takeIn(record, index, in: &run) }
  }

  private func takeIn(_ record: OutputRecord, _ index: Int, in run: inout OpenRun) throws {
    let path = run.folder.path(of: try run.destination(record.filename).name)
    let new = try runs.takeIn(path, record.filename)
    guard !run.arrivals.contains(where: { $0.new.blob == new.blob }) else { return }
    run.arrivals.append(Arrival(new, id: new.id ?? AssetID(runs.ids.uuid())))
    guard record.blob == nil else { return }
    // Of an older layout that was copied here by hand: the file now says what its content is.
    var details = record.details
    details["sha256"] = .string(new.blob.description)
    if let named = OutputRecord(.object(details), addedAt: record.addedAt) {
      run.document.replace(index + 1, by: named)
    }
  }

  /// Writes the texts that metadata.json has and the folder has not.
  mutating func reconcileTexts(of run: OpenRun) throws {
    let texts: [(FileName, String?)] = [
      (.inputText, run.document.run.inputText),
      (.transformedText, run.document.run.transformedText),
    ]
    for (name, text) in texts {
      guard let text, try run.folder.find(name) == nil else { continue }
      if !isDryRun { try runs.writeText(text, name, in: run.folder) }
      report.restored.append(name.text)
    }
  }
}
