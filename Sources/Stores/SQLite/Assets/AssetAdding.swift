import Foundations
import Media
import Model
import SQLite
import Sniffing

extension CatalogueWriter {
  func addAsset(_ new: NewAsset, id: AssetID) throws -> AddedAsset {
    let wanted = new.id ?? id
    let origin = AssetOrigin(
      asset: wanted, name: new.name, source: new.source, addedAt: new.addedAt, from: new.from,
      user: new.user)
    guard let row = try insert(new, wanted) else {
      // The content is there already, or the id stands for another.
      guard let known = try asset(of: new.blob) else {
        throw ModelFailure.conflict("asset", wanted)
      }
      return try addAgain(new, known, origin)
    }
    try insert(origin, row, number: 1)
    try tell(.origin(origin, blob: new.blob))
    if let generation = new.generation { try add(generation, to: wanted, row, isFirst: true) }
    // What it is found by is told by what was just written, and nobody can have said more.
    try group.add(AssetWords(new), row, on: connection)
    return AddedAsset(asset: Asset(new, wanted), isDuplicate: false)
  }

  private func addAgain(
    _ new: NewAsset, _ known: Asset, _ origin: AssetOrigin
  ) throws -> AddedAsset {
    if let wanted = new.id, wanted != known.id, try asset(wanted) != nil {
      throw ModelFailure.conflict("asset", wanted)
    }
    let row = try row(of: known.id)
    let origin = AssetOrigin(
      asset: known.id, name: origin.name, source: origin.source, addedAt: origin.addedAt,
      from: origin.from, user: origin.user)
    let isRevived = known.deletedAt != nil
    if isRevived { try undeleteAsset(known.id) }
    try tell(.origin(origin, blob: new.blob))
    try changing(row) {
      try insertAgain(origin, row)
      if let generation = new.generation { try add(generation, to: known.id, row) }
    }
    return AddedAsset(
      asset: try asset(ofRow: row).asset, isDuplicate: true, isRevived: isRevived)
  }

  /// Puts content into its table; nil where the content or the id is there already.
  private func insert(_ new: NewAsset, _ id: AssetID) throws -> Int64? {
    let isNew =
      try run(
        """
        INSERT INTO asset (id, blob, size, name, source, added_at, user, kind, format, mime_type,
          is_readable, width, height, duration, frames, frames_per, codec, bitrate, audio_codec,
          channels, sample_rate, rotation, dynamic_range, likeness, likeness_inner)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
          ?19, ?20, ?21, ?22, ?23, ?24, ?25)
        ON CONFLICT DO NOTHING
        """, id, new.blob, new.size, new.name, new.source, new.addedAt, new.user,
        new.facts.kind, new.facts.format, new.facts.mimeType, new.facts.isReadable,
        new.facts.width, new.facts.height, new.facts.durationSeconds,
        new.facts.frameRate?.numerator, new.facts.frameRate?.denominator, new.facts.codec,
        new.facts.bitrate, new.facts.audioCodec, new.facts.channels, new.facts.sampleRate,
        new.facts.rotation, new.facts.dynamicRange,
        new.facts.likeness.map { Int64(bitPattern: $0.bits) },
        new.facts.likeness.map { Int64(bitPattern: $0.inner) }) > 0
    return isNew ? lastInsertedRow : nil
  }

  private func insert(_ origin: AssetOrigin, _ row: Int64, number: Int) throws {
    try run(
      "INSERT INTO origin VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", row, number, origin.name,
      origin.source, origin.addedAt, origin.from, origin.user)
  }

  /// Notes that content came once more.
  func insertAgain(_ origin: AssetOrigin, _ row: Int64) throws {
    let number = try value(
      "UPDATE asset SET origins = origins + 1 WHERE row = ?1 RETURNING origins", row, as: Int.self)
    try insert(origin, row, number: number ?? 1)
  }

  func setFacts(of id: AssetID, _ facts: AssetFacts) throws {
    let row = try row(of: id)
    try changing(row) {
      try run(
        """
        UPDATE asset SET kind = ?2, format = ?3, mime_type = ?4, is_readable = ?5, width = ?6,
          height = ?7, duration = ?8, frames = ?9, frames_per = ?10, codec = ?11, bitrate = ?12,
          audio_codec = ?13, channels = ?14, sample_rate = ?15, rotation = ?16,
          dynamic_range = ?17, likeness = ?18, likeness_inner = ?19
        WHERE row = ?1
        """, row, facts.kind, facts.format, facts.mimeType, facts.isReadable, facts.width,
        facts.height, facts.durationSeconds, facts.frameRate?.numerator,
        facts.frameRate?.denominator, facts.codec, facts.bitrate, facts.audioCodec,
        facts.channels, facts.sampleRate, facts.rotation, facts.dynamicRange,
        facts.likeness.map { Int64(bitPattern: $0.bits) },
        facts.likeness.map { Int64(bitPattern: $0.inner) })
    }
  }
}

extension CatalogueQueries {
  func origins(of asset: AssetID) throws -> [AssetOrigin] {
    try all(
      """
      SELECT name, source, added_at, came_from, user FROM origin WHERE asset = ?1 ORDER BY number
      """, row(of: asset)
    ) { row in
      AssetOrigin(
        asset: asset, name: try row[0], source: try row[1], addedAt: try row[2],
        from: try row[3], user: try row[4])
    }
  }
}

extension Asset {
  /// The asset that new content becomes.
  fileprivate init(_ new: NewAsset, _ id: AssetID) {
    self.init(
      id: id, blob: new.blob, size: new.size, name: new.name, source: new.source,
      addedAt: new.addedAt, user: new.user, facts: new.facts)
  }
}
