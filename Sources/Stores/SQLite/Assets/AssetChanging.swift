import Foundations
import Model
import SQLite

extension CatalogueWriter {
  func changeAsset(_ id: AssetID, _ change: AssetChange) throws -> Asset {
    guard let before = try asset(id) else { throw ModelFailure.missing("asset", id) }
    let after = try change.applied(to: before)
    if after != before { try keepNotes(of: after) }
    return after
  }

  /// Keeps what people say of an asset, and tells the journal.
  func keepNotes(of asset: Asset) throws {
    let row = try row(of: asset.id)
    try changing(row) {
      try run(
        """
        UPDATE asset SET name = ?2, user = ?3, tags = ?4, notes = ?5, rating = ?6,
          is_favourite = ?7, extra = ?8
        WHERE row = ?1
        """, row, asset.name, asset.user, TextList(asset.notes.tags), asset.notes.text,
        asset.notes.rating, asset.notes.isFavourite, asset.notes.extra)
    }
    try tell(.notes(asset.id, name: asset.name, user: asset.user, asset.notes))
  }

  func deleteAsset(_ id: AssetID, at time: Timestamp, evenIfReferenced: Bool) throws {
    guard let asset = try asset(id) else { throw ModelFailure.missing("asset", id) }
    guard asset.deletedAt == nil else { return }
    if !evenIfReferenced { try refuseReferenced(id) }
    let row = try row(of: id)
    try changing(row) {
      try run("UPDATE asset SET deleted_at = ?2 WHERE row = ?1", row, time)
    }
    try tell(.deleted(id, at: time))
  }

  private func refuseReferenced(_ id: AssetID) throws {
    let references = try references(to: id)
    guard let first = references.first else { return }
    let what =
      switch first {
      case .run(let run): "run \(run)"
      case .workflow(let workflow): "workflow \(workflow)"
      }
    let others = references.count > 1 ? " and \(references.count - 1) more" : ""
    throw ModelFailure(
      .modelReferenced, "\(what)\(others) refers to asset \(id)",
      hint: "delete what refers to it first, or force it")
  }

  func undeleteAsset(_ id: AssetID) throws {
    guard let asset = try asset(id) else { throw ModelFailure.missing("asset", id) }
    guard asset.deletedAt != nil else { return }
    let row = try row(of: id)
    try changing(row) { try run("UPDATE asset SET deleted_at = NULL WHERE row = ?1", row) }
    try tell(.undeleted(id))
  }

  func purgeAsset(_ id: AssetID) throws {
    guard let asset = try asset(id) else { throw ModelFailure.missing("asset", id) }
    guard asset.deletedAt != nil else {
      throw ModelFailure(
        .modelConflict, "asset \(id) is not in the trash", hint: "delete it first")
    }
    let row = try row(of: id)
    try group.remove(AssetWords(self.asset(ofRow: row), self), row, on: connection)
    try run("DELETE FROM asset WHERE row = ?1", row)
    try tell(.purged(id))
  }

  func setText(of id: AssetID, _ kind: String, _ text: String?) throws {
    guard AssetTexts.kinds.contains(kind) else {
      throw ModelFailure(
        .modelBadValue, "there is no text of the kind \"\(ShownText.of(kind))\"",
        hint: "kinds are \(AssetTexts.kinds.joined(separator: " and "))")
    }
    let row = try row(of: id)
    try changing(row) {
      if let text {
        try run("INSERT OR REPLACE INTO asset_text VALUES (?1, ?2, ?3)", row, kind, text)
      } else {
        try run("DELETE FROM asset_text WHERE asset = ?1 AND kind = ?2", row, kind)
      }
    }
    try tell(.text(id, kind: kind, text))
  }
}
