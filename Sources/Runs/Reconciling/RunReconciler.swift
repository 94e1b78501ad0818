import Blobs
import Foundations
import Model

/// One run on its way to agreement, or a look at what is in the way.
///
/// Both go through the same steps, so that a look tells what a repair does; each step that would
/// change something asks `isDryRun` first.
struct RunReconciler {
  private static let graceOfMaking = Duration.seconds(60)

  let runs: RunStorage
  let id: RunID
  let isDryRun: Bool
  var report: RunReconciliation

  init(_ runs: RunStorage, _ id: RunID, isDryRun: Bool) {
    self.runs = runs
    self.id = id
    self.isDryRun = isDryRun
    report = RunReconciliation(id)
  }

  /// Reconciles a live run in its locked folder.
  mutating func reconcile(_ folder: Folder) throws {
    if !isDryRun { runs.cache.forget(id) }
    if try isEmptied(folder) { return }
    var document = try wholeDocument(folder)
    report.isMisplaced = document.run.deletedAt != nil
    document.run.deletedAt = nil
    report.catalogueDiffers = try differs(document)
    var run = try open(folder, document)
    try reconcileFiles(of: &run)
    try reconcileTexts(of: run)
    if isDryRun { return }
    if run.document != (try? runs.document(of: id, folder)) {
      try runs.commit(run)
    } else {
      try runs.follow(run)
    }
  }

  /// Reconciles a run in the trash, in its locked folder.
  mutating func reconcileTrash(_ folder: Folder) throws {
    var document = try wholeDocument(folder)
    report.isMisplaced = document.run.deletedAt == nil
    // Its place says that it was deleted, and nobody when.
    document.run.deletedAt = document.run.deletedAt ?? runs.now
    if !isDryRun, report.isMisplaced || report.damagedMetadata != nil {
      try runs.write(document, in: folder)
    }
    try follow(document)
  }

  /// Brings the rows to what an archive says.
  mutating func reconcileArchive(_ path: FilePath) throws {
    try follow(try runs.document(of: id, inArchive: path))
  }

  /// Forgets the row of a run that is nowhere.
  mutating func forget() throws {
    report.isForgotten = try runs.catalogue.read { [id] in try $0.run(id) } != nil
    if !isDryRun { try runs.forgetRow(id) }
  }

  private mutating func follow(_ document: RunDocument) throws {
    report.catalogueDiffers = try differs(document)
    if !isDryRun, report.catalogueDiffers { try runs.followRows(document) }
  }

  /// Whether the catalogue's rows say something else than a document.
  private func differs(_ document: RunDocument) throws -> Bool {
    try runs.catalogue.read { [id] catalogue in
      guard try catalogue.run(id) == document.run else { return true }
      let rows = try RunStorage.rows(id, document.outputs, from: 0, in: catalogue)
      return try catalogue.outputs(of: id) != rows
    }
  }

  /// Whether nothing at all is in a folder: its making was cut short before anybody had an answer.
  private mutating func isEmptied(_ folder: Folder) throws -> Bool {
    guard try FolderEntries(of: folder).isEmpty,
      try runs.catalogue.read({ [id] in try $0.run(id) }) == nil
    else { return false }
    let changed = Timestamp(microseconds: folder.status.modifiedNanoseconds / 1_000)
    // A young one may be in the hands of who makes it.
    guard runs.options.clock.now - changed > Self.graceOfMaking else {
      if !isDryRun { report.missing.append(FileName.metadata.text) }
      return true
    }
    if !isDryRun { try runs.runs.root.removeFolder(FileName(id)) }
    report.isForgotten = true
    return true
  }

  /// The run with all that lies in its folder; on a look, what lies there unlisted is only told.
  private mutating func open(_ folder: Folder, _ document: RunDocument) throws -> OpenRun {
    guard isDryRun else {
      let run = try runs.listed(id, folder, document)
      report.adopted = run.document.outputs.dropFirst(document.outputs.count).map(\.filename)
      return run
    }
    let entries = try FolderEntries(of: folder)
    report.adopted = try runs.unlisted(entries, in: folder, document).map(\.0.text)
    return OpenRun(
      id: id, folder: folder, document: document, names: TakenNames(entries.map(\.name.text)))
  }
}
