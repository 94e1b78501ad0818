import Blobs
import Foundations
import Model

extension MemorySession {
  func replay(_ entry: JournalEntry, content: KnownContent?) throws -> Bool {
    let told = tells
    tells = false
    defer { tells = told }
    do {
      switch entry {
      case .origin(let origin, let blob): return try replay(origin, of: blob, content)
      case .notes(let id, let name, let user, let notes):
        _ = try self.entry(id)
        state.assets[id]?.asset.name = name
        state.assets[id]?.asset.user = user
        state.assets[id]?.asset.notes = notes
      case .deleted(let id, let time):
        try deleteAsset(id, at: time, evenIfReferenced: true)
      case .undeleted(let id): try undeleteAsset(id)
      case .purged(let id):
        try deleteAsset(id, at: Timestamp(microseconds: 0), evenIfReferenced: true)
        try purgeAsset(id)
      case .generation(let generation): try putGeneration(generation)
      case .text(let id, let kind, let text): try setText(of: id, kind, text)
      case .workflow(let workflow): keep(workflow)
      case .workflowDeleted(let id): try deleteWorkflow(id)
      case .association(let association): try associate(association)
      case .execution(let execution): try putExecution(execution)
      }
      return true
    } catch let failure as ModelFailure where failure.code == .modelNotFound {
      return false
    }
  }

  private func replay(
    _ origin: AssetOrigin, of blob: BlobID, _ content: KnownContent?
  ) throws -> Bool {
    if let known = state.assets[origin.asset] {
      guard known.asset.blob == blob else { return false }
      if !known.origins.contains(origin) { state.assets[origin.asset]?.origins.append(origin) }
      return true
    }
    guard let content, asset(of: blob) == nil else { return false }
    let new = NewAsset(
      id: origin.asset, blob: blob, size: content.size, name: origin.name, source: origin.source,
      addedAt: origin.addedAt, user: origin.user, from: origin.from, facts: content.facts)
    _ = try addAsset(new, id: origin.asset)
    return true
  }
}
