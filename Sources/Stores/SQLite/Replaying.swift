import Blobs
import Foundations
import Model
import SQLite

extension CatalogueWriter {
  func replay(_ entry: JournalEntry, content: KnownContent?) throws -> Bool {
    var silent = self
    silent.tells = false
    guard try silent.isPossible(entry, content) else { return false }
    switch entry {
    case .origin(let origin, let blob):
      return try silent.replay(origin, of: blob, content)
    case .notes(let id, let name, let user, let notes):
      guard var asset = try asset(id) else { return false }
      asset.name = name
      asset.user = user
      asset.notes = notes
      try silent.keepNotes(of: asset)
    case .deleted(let id, let time):
      try silent.deleteAsset(id, at: time, evenIfReferenced: true)
    case .undeleted(let id): try silent.undeleteAsset(id)
    case .purged(let id):
      // When does not matter: it is gone at once.
      try silent.deleteAsset(id, at: Timestamp(microseconds: 0), evenIfReferenced: true)
      try silent.purgeAsset(id)
    case .generation(let generation): try silent.putGeneration(generation)
    case .text(let id, let kind, let text): try silent.setText(of: id, kind, text)
    case .workflow(let workflow): try silent.keep(workflow)
    case .workflowDeleted(let id): try silent.deleteWorkflow(id)
    case .association(let association): try silent.associate(association)
    case .execution(let execution): try silent.putExecution(execution)
    }
    return true
  }

  /// Whether what a change is about is there.
  private func isPossible(_ entry: JournalEntry, _ content: KnownContent?) throws -> Bool {
    switch entry {
    case .origin, .workflow: true
    case .notes(let id, _, _, _), .deleted(let id, _), .undeleted(let id), .purged(let id),
      .text(let id, _, _):
      try asset(id) != nil
    case .generation(let generation):
      try generation.asset.map { try asset($0) != nil } ?? true
    case .workflowDeleted(let id): try workflow(id) != nil
    case .association(let association):
      try asset(association.asset) != nil && workflow(association.workflow) != nil
        && association.execution.map { try execution($0) != nil } ?? true
    case .execution(let execution): try workflow(execution.workflow) != nil
    }
  }

  private func replay(
    _ origin: AssetOrigin, of blob: BlobID, _ content: KnownContent?
  ) throws -> Bool {
    if let known = try asset(origin.asset) {
      guard known.blob == blob else { return false }
      if try origins(of: origin.asset).contains(origin) { return true }
      let row = try row(of: origin.asset)
      try changing(row) {
        try insertAgain(origin, row)
      }
      return true
    }
    guard let content, try asset(of: blob) == nil else { return false }
    let new = NewAsset(
      id: origin.asset, blob: blob, size: content.size, name: origin.name, source: origin.source,
      addedAt: origin.addedAt, user: origin.user, from: origin.from, facts: content.facts)
    _ = try addAsset(new, id: origin.asset)
    return true
  }
}
