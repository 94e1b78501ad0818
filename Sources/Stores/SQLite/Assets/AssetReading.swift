import Blobs
import Foundations
import Model
import SQLite

extension CatalogueQueries {
  func asset(_ id: AssetID) throws -> Asset? {
    try one("SELECT " + AssetRow.columns + " FROM asset AS a WHERE id = ?1", id) {
      try AssetRow($0)
    }?.asset
  }

  func asset(of blob: BlobID) throws -> Asset? {
    try one("SELECT " + AssetRow.columns + " FROM asset AS a WHERE blob = ?1", blob) {
      try AssetRow($0)
    }?.asset
  }

  /// The asset of a row that is known to be there.
  func asset(ofRow row: Int64) throws -> AssetRow {
    let found = try one("SELECT " + AssetRow.columns + " FROM asset AS a WHERE row = ?1", row) {
      try AssetRow($0)
    }
    guard let found else { preconditionFailure("the asset of a row just read is there") }
    return found
  }

  func references(to asset: AssetID) throws -> [AssetReference] {
    let row = try row(of: asset)
    let runs = try all(
      """
      SELECT DISTINCT run.id FROM run_output CROSS JOIN run ON run.row = run_output.run
      WHERE asset = ?1 AND run.deleted_at IS NULL ORDER BY run.row
      """, row
    ) { AssetReference.run(try $0[0]) }
    let workflows = try all(
      """
      SELECT DISTINCT workflow.id FROM association CROSS JOIN workflow ON workflow.row = workflow
      WHERE asset = ?1 ORDER BY workflow.row
      """, row
    ) { AssetReference.workflow(try $0[0]) }
    return runs + workflows
  }

  func referenced(_ blobs: [BlobID]) throws -> Set<BlobID> {
    var found: Set<BlobID> = []
    for blob in blobs {
      let isReferenced = try value(
        """
        SELECT EXISTS (SELECT 1 FROM asset WHERE blob = ?1)
          OR EXISTS (SELECT 1 FROM run_output WHERE blob = ?1)
        """, blob, as: Bool.self)
      if isReferenced == true { found.insert(blob) }
    }
    return found
  }

  func likenesses(afterRow row: Int64, atMost count: Int) throws -> [LikenessRow] {
    try all(
      """
      SELECT row, id, likeness FROM asset
      WHERE row > ?1 AND likeness IS NOT NULL AND deleted_at IS NULL ORDER BY row LIMIT ?2
      """, row, count
    ) { row in
      LikenessRow(
        row: try row[0], asset: try row[1],
        likeness: Likeness(bits: UInt64(bitPattern: try row[2])))
    }
  }

  func knownHash(of file: FileIdentity) throws -> BlobID? {
    try value(
      """
      SELECT blob FROM known_file WHERE device = ?1 AND inode = ?2
        AND size = ?3 AND modified = ?4 AND changed = ?5
      """, Int64(bitPattern: file.device), Int64(bitPattern: file.inode), file.size,
      file.modifiedNanoseconds, file.changedNanoseconds)
  }
}

extension CatalogueWriter {
  func remember(_ file: FileIdentity, _ blob: BlobID) throws {
    try run(
      "INSERT OR REPLACE INTO known_file VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      Int64(bitPattern: file.device), Int64(bitPattern: file.inode), file.size,
      file.modifiedNanoseconds, file.changedNanoseconds, blob)
  }
}
