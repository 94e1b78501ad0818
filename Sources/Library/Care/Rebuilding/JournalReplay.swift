import Foundations
import Model

/// One step of bringing a catalogue back, ready to be made.
enum JournalReplay: Sendable {
  case asset(NewAsset)
  case entry(JournalEntry)

  /// Makes it; true where it brought a new asset.
  func apply(to catalogue: any CatalogueTransaction) throws -> Bool {
    switch self {
    case .asset(let new):
      guard let id = new.id else { preconditionFailure("an origin names its asset") }
      return try !catalogue.addAsset(new, id: id).isDuplicate
    case .entry(let entry):
      try Self.apply(entry, to: catalogue)
      return false
    }
  }

  private static func apply(
    _ entry: JournalEntry, to catalogue: any CatalogueTransaction
  ) throws {
    switch entry {
    case .origin: preconditionFailure("an origin comes as an asset")
    case .notes(let id, let name, let user, let notes):
      let change = try change(of: id, name, user, notes, catalogue)
      _ = try catalogue.changeAsset(id, change)
    case .deleted(let id, let time):
      // It was deleted once: nobody is asked again.
      try catalogue.deleteAsset(id, at: time, evenIfReferenced: true)
    case .undeleted(let id): try catalogue.undeleteAsset(id)
    case .purged(let id): try purge(id, catalogue)
    case .generation(let generation): try catalogue.putGeneration(generation)
    case .text(let id, let kind, let text): try catalogue.setText(of: id, kind, text)
    case .workflow(let workflow): _ = try catalogue.putWorkflow(workflow)
    case .workflowDeleted(let id):
      if try catalogue.workflow(id) != nil { try catalogue.deleteWorkflow(id) }
    case .association(let association): try catalogue.associate(association)
    case .execution(let execution): try catalogue.putExecution(execution)
    }
  }

  private static func purge(
    _ id: AssetID, _ catalogue: any CatalogueTransaction
  ) throws {
    guard let asset = try catalogue.asset(id) else { return }
    if asset.deletedAt == nil {
      try catalogue.deleteAsset(id, at: asset.addedAt, evenIfReferenced: true)
    }
    try catalogue.purgeAsset(id)
  }

  /// The change that leaves just these notes.
  private static func change(
    of id: AssetID, _ name: String, _ user: String?, _ notes: AssetNotes,
    _ catalogue: any CatalogueTransaction
  ) throws -> AssetChange {
    var change = AssetChange()
    change.name = name
    change.user = user
    change.tags = notes.tags
    change.text = notes.text ?? ""
    change.rating = notes.rating ?? 0
    change.isFavourite = notes.isFavourite
    var extra = notes.extra
    for (key, _) in try catalogue.asset(id)?.notes.extra.members ?? [] where extra[key] == nil {
      extra[key] = .null
    }
    change.extra = extra
    return change
  }
}
