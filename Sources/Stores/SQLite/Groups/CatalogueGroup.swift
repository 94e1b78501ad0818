import Model
import SQLite

/// What the writes of a group leave to be done once for all of them: what assets are found by and
/// counted under, and the journal's number.
///
/// The tables of assets are the truth and written at once. What is derived from them is brought into
/// line before the commit, so that a word that all have is counted once. FTS5 moreover writes what it
/// gathered at each savepoint, and each write has one. Who asks for any of it inside the group
/// settles first.
final class CatalogueGroup: GroupWork {
  // So many changes are held; what a large write leaves on top is done at once.
  private static let mostChanges = 20_000

  private var kept = DerivedChanges()
  private var own = DerivedChanges()
  // Whether the present write has done what those before it left, and undoes that with itself.
  private var hasSettled = false
  private var keptPlace: JournalPlace?
  private var ownPlace: JournalPlace?

  typealias JournalPlace = (sequence: Int64, voids: Int64)

  // MARK: - the group

  func beginWrite() {
    own = DerivedChanges()
    hasSettled = false
    ownPlace = keptPlace
  }

  func endWrite(isKept: Bool) {
    if isKept {
      if hasSettled { kept = own } else { kept.append(own) }
      keptPlace = ownPlace
    }
    own = DerivedChanges()
  }

  func finish(on connection: Connection) throws {
    try kept.write(on: connection)
    if let keptPlace {
      try connection.run("UPDATE journal SET sequence = ?1", keptPlace.sequence)
    }
  }

  // MARK: - one write

  /// Does what was left up to now, so that it can be asked for.
  func settle(on connection: Connection) throws {
    if !hasSettled { try kept.write(on: connection) }
    hasSettled = true
    try own.write(on: connection)
    own = DerivedChanges()
  }

  /// The number of the next line for the journal; `read` tells what is committed.
  func nextPlace(_ read: () throws -> JournalPlace) throws -> JournalPlace {
    var place = try ownPlace ?? read()
    place.sequence += 1
    ownPlace = place
    return place
  }

  /// An asset came.
  func add(_ words: AssetWords, _ row: Int64, on connection: Connection) throws {
    for word in words.words { own.add(word, words, row) }
    own.count(words.counts)
    own.put(words.texts, row, isNew: true)
    try settleIfMany(connection)
  }

  /// An asset changed.
  func change(
    _ before: AssetWords, _ after: AssetWords, _ row: Int64, on connection: Connection
  ) throws {
    let isMoved = before.isDeleted != after.isDeleted
    for word in before.words where isMoved || !after.words.contains(word) {
      own.remove(word, before, row)
    }
    for word in after.words where isMoved || !before.words.contains(word) {
      own.add(word, after, row)
    }
    if before.counts != after.counts {
      own.uncount(before.counts)
      own.count(after.counts)
    }
    if before.texts != after.texts { own.put(after.texts, row, isNew: false) }
    try settleIfMany(connection)
  }

  /// An asset goes for good.
  func remove(_ words: AssetWords, _ row: Int64, on connection: Connection) throws {
    for word in words.words { own.remove(word, words, row) }
    own.uncount(words.counts)
    own.removeTexts(row)
    try settleIfMany(connection)
  }

  private func settleIfMany(_ connection: Connection) throws {
    if kept.changes + own.changes > Self.mostChanges { try settle(on: connection) }
  }
}
