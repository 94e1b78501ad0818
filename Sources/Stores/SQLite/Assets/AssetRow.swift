import Blobs
import Foundations
import Media
import Model
import SQLite

/// An asset as a row of its table.
struct AssetRow {
  /// The columns that `init` reads, in its order.
  static let columns: SQL = """
    a.row, a.id, a.blob, a.size, a.name, a.source, a.added_at, a.user, a.deleted_at, a.origins,
    a.kind, a.format, a.mime_type, a.is_readable, a.width, a.height, a.duration, a.frames,
    a.frames_per, a.codec, a.bitrate, a.audio_codec, a.channels, a.sample_rate, a.rotation,
    a.dynamic_range, a.likeness, a.tags, a.notes, a.rating, a.is_favourite, a.extra
    """

  let row: Int64
  let asset: Asset
  /// How often it came.
  let origins: Int

  init(_ row: borrowing Row) throws {
    self.row = try row[0]
    origins = try row[9]
    asset = Asset(
      id: try row[1], blob: try row[2], size: try row[3], name: try row[4], source: try row[5],
      addedAt: try row[6], user: try row[7], facts: try Self.facts(row),
      notes: try Self.notes(row), deletedAt: try row[8])
  }

  private static func facts(_ row: borrowing Row) throws -> AssetFacts {
    var facts = AssetFacts(kind: try row[10], format: try row[11], mimeType: try row[12])
    facts.isReadable = try row[13]
    facts.width = try row[14]
    facts.height = try row[15]
    facts.durationSeconds = try row[16]
    if let frames = try row[17] as Int?, let per = try row[18] as Int? {
      facts.frameRate = Rational(frames, per)
    }
    facts.codec = try row[19]
    facts.bitrate = try row[20]
    facts.audioCodec = try row[21]
    facts.channels = try row[22]
    facts.sampleRate = try row[23]
    facts.rotation = try row[24]
    facts.dynamicRange = try row[25]
    // The same bits with a sign, which is all that a column can hold.
    let bits: Int64? = try row[26]
    facts.likeness = bits.map { Likeness(bits: UInt64(bitPattern: $0)) }
    return facts
  }

  private static func notes(_ row: borrowing Row) throws -> AssetNotes {
    var notes = AssetNotes()
    try notes.setTags(row.value(27, as: TextList.self).texts)
    notes.text = try row[28]
    try notes.setRating(row[29])
    notes.isFavourite = try row[30]
    notes.extra = try row[31]
    return notes
  }
}
