import Foundations
import Model
import SQLite

/// All that the journal would come to, read from the catalogue: one entry for each thing that is.
enum JournalSnapshot {
  // So many assets are held at a time.
  private static let assetsAtOnce = 500

  static func write(
    _ session: some CatalogueQueries, _ tell: (JournalEntry) throws -> Void
  ) throws {
    try writeWorkflows(session, tell)
    try writeAssets(session, tell)
    try session.fruitlessGenerations { try tell(.generation($0)) }
    let executions = try session.all("SELECT id FROM execution ORDER BY row") {
      try $0[0] as ExecutionID
    }
    for id in executions {
      if let execution = try session.execution(id) { try tell(.execution(execution)) }
    }
    for id in try workflows(session) {
      // The first first, as they came.
      for association in try session.associations(of: id).reversed() {
        try tell(.association(association))
      }
    }
  }

  private static func workflows(_ session: some CatalogueQueries) throws -> [WorkflowID] {
    try session.all("SELECT id FROM workflow ORDER BY row") { try $0[0] as WorkflowID }
  }

  private static func writeWorkflows(
    _ session: some CatalogueQueries, _ tell: (JournalEntry) throws -> Void
  ) throws {
    for id in try workflows(session) {
      guard let workflow = try session.workflow(id) else { continue }
      for version in try session.versions(of: id).reversed()
      where version.number != workflow.version {
        var old = workflow
        old.definition = version.definition
        old.version = version.number
        old.updatedAt = version.savedAt
        try tell(.workflow(old))
      }
      try tell(.workflow(workflow))
    }
  }

  private static func writeAssets(
    _ session: some CatalogueQueries, _ tell: (JournalEntry) throws -> Void
  ) throws {
    var last: Int64 = 0
    while true {
      let rows = try session.all(
        "SELECT row FROM asset WHERE row > ?1 ORDER BY row LIMIT ?2", last, assetsAtOnce
      ) { try $0[0] as Int64 }
      guard let end = rows.last else { return }
      for row in rows { try write(session.asset(ofRow: row).asset, session, tell) }
      last = end
    }
  }

  private static func write(
    _ asset: Asset, _ session: some CatalogueQueries, _ tell: (JournalEntry) throws -> Void
  ) throws {
    let origins = try session.origins(of: asset.id)
    for origin in origins { try tell(.origin(origin, blob: asset.blob)) }
    let isAsItCame =
      asset.notes == AssetNotes() && asset.name == origins.first?.name
      && asset.user == origins.first?.user
    if !isAsItCame {
      try tell(.notes(asset.id, name: asset.name, user: asset.user, asset.notes))
    }
    for generation in try session.generations(of: asset.id).reversed() {
      try tell(.generation(generation))
    }
    for kind in AssetTexts.kinds {
      let text = try session.value(
        """
        SELECT text FROM asset_text JOIN asset ON asset.row = asset
        WHERE asset.id = ?1 AND asset_text.kind = ?2
        """, asset.id, kind, as: String.self)
      if let text { try tell(.text(asset.id, kind: kind, text)) }
    }
    if let time = asset.deletedAt { try tell(.deleted(asset.id, at: time)) }
  }
}
