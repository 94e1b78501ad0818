package import Foundations
package import Model

extension RunStorage {
  /// Moves a run to the trash, folder and all; its assets stay in the library.
  package func delete(_ id: RunID) throws -> Run {
    try locked(id) { try moveToTrash(id, $0) }
  }

  /// Moves a locked run to the trash.
  func moveToTrash(_ id: RunID, _ folder: Folder) throws -> Run {
    var document = try document(of: id, folder)
    document.run.deletedAt = now
    try write(document, in: folder)
    try move(id, from: runs, to: trash())
    try followRows(document)
    return document.run
  }

  /// Brings a run back from the trash.
  package func undelete(_ id: RunID) throws -> Run {
    let trash = try trash()
    guard try trash.root.find(FileName(id)) != nil else { throw try notDeleted(id) }
    return try locked(id, in: trash) { folder in
      var document = try document(of: id, folder)
      try move(id, from: trash, to: runs)
      document.run.deletedAt = nil
      // In the folder itself, wherever it lies by now.
      try write(document, in: folder)
      try followRows(document)
      return document.run
    }
  }

  /// Removes a run in the trash for good; its assets stay.
  package func purge(_ id: RunID, stop: StopFlag? = nil) throws {
    let trash = try trash()
    guard try trash.root.find(FileName(id)) != nil else { throw try notDeleted(id) }
    try locked(id, in: trash) { _ in try purgeLocked(id, in: trash, stop) }
  }

  /// Removes a locked run in the trash.
  func purgeLocked(_ id: RunID, in trash: ConfinedFolder, _ stop: StopFlag?) throws {
    try trash.removeTree(RelativePath(FileName(id)), stop: stop)
    try trash.root.sync()
    try forgetRow(id)
  }

  private func notDeleted(_ id: RunID) throws -> RunFailure {
    guard try place(of: id) != nil else { return .notFound(id) }
    return RunFailure(
      .runNotDeleted, "run \(id) is not in the trash", hint: "delete it first")
  }

  /// Moves a run's folder; where one of its id stands there already, nothing happens.
  func move(_ id: RunID, from: ConfinedFolder, to: ConfinedFolder) throws {
    cache.forget(id)
    guard try from.root.moveNew(FileName(id), to: FileName(id), in: to.root) else {
      throw Self.exists(id)
    }
    guard options.durability == .durable else { return }
    try to.root.sync()
    try from.root.sync()
  }

  /// Brings a run's rows to what its document says.
  func followRows(_ document: RunDocument) throws {
    try catalogue.write { transaction in
      let rows = try Self.rows(document.run.id, document.outputs, from: 0, in: transaction)
      try transaction.putRun(document.run, outputs: rows)
    }
  }

  /// Forgets a run's row, if it has one.
  func forgetRow(_ id: RunID) throws {
    try catalogue.write { transaction in
      if try transaction.run(id) != nil { try transaction.purgeRun(id) }
    }
  }
}
