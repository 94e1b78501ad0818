package import Foundations

extension FailureCode {
  /// Somebody else holds the database, or too much waits for it.
  package static let databaseBusy = FailureCode(
    "database.busy", .unavailable, "Another program holds the database, or too many writes wait.")
  /// No room for what was to be written.
  package static let databaseFull = FailureCode(
    "database.full", .unavailable, "The disk or the quota is full; nothing was changed.",
    httpStatus: 507)
  /// What is in the file contradicts itself.
  package static let databaseCorrupt = FailureCode(
    "database.corrupt", .internalError, "The database file contradicts itself.")
  /// A file, but none of ours.
  package static let databaseForeign = FailureCode(
    "database.foreign", .configuration,
    "The file is no database, or the database of something else.")
  /// Made by a newer program.
  package static let databaseNewer = FailureCode(
    "database.newer", .configuration, "A newer version of the program has migrated the database.")
  /// Not there.
  package static let databaseMissing = FailureCode(
    "database.missing", .notFound, "There is no database at the path.")
  /// It may not be written to.
  package static let databaseReadOnly = FailureCode(
    "database.read_only", .denied, "The database may not be written to.")
  /// The file could not be opened at all.
  package static let databaseNotOpened = FailureCode(
    "database.not_opened", .unavailable, "The database's file could not be opened.")
  /// It lies on another machine.
  package static let databaseOnNetwork = FailureCode(
    "database.network", .configuration,
    "The database lies on a network file system, whose locks cannot be relied on.")
  /// The system could not read or write.
  package static let databaseIO = FailureCode(
    "database.io", .unavailable, "The system could not read or write the database.")
  /// No memory.
  package static let databaseMemory = FailureCode(
    "database.memory", .unavailable, "There was no memory for what the database was asked.")
  /// A value above SQLite's bounds.
  package static let databaseTooBig = FailureCode(
    "database.too_big", .usage, "A text or a value is larger than the database takes.",
    httpStatus: 413)
  /// Something of the same key stands already.
  package static let databaseUnique = FailureCode(
    "database.unique", .conflict, "The database holds something of the same key already.")
  /// What is referred to is missing, or what is to go is referred to.
  package static let databaseForeignKey = FailureCode(
    "database.foreign_key", .conflict,
    "Something refers to what is not there, or to what was to be removed.")
  /// A value that the schema refuses.
  package static let databaseConstraint = FailureCode(
    "database.constraint", .usage, "The database's own rules refuse a value.")
  /// The statement itself, or how it was used.
  package static let databaseStatement = FailureCode(
    "database.statement", .internalError, "A statement does not fit the database; report it.")
  /// A column of another type than is read.
  package static let databaseColumn = FailureCode(
    "database.column", .internalError, "A stored value is not of the type it is read as; report it."
  )
  /// A migration left something wrong.
  package static let databaseMigration = FailureCode(
    "database.migration", .internalError,
    "A migration would have left the database wrong, and was undone.")
  /// The program is ending.
  package static let databaseClosed = FailureCode(
    "database.closed", .unavailable, "The program is ending and uses the database no more.")
}
