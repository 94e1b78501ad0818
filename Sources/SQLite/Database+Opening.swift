package import Foundations

extension Database {
  /// Opens a database, makes it where it is missing, and migrates an older one.
  ///
  /// A backup is made before a migration, as `<name>.before-<version>` beside it. Refused are files
  /// on network file systems, of other programs, and of newer versions of this one.
  ///
  /// - Parameter lock: the file by which processes take turns, made where it is missing.
  package static func open(
    _ path: FilePath, lock: FilePath, schema: Schema,
    options: DatabaseOptions = DatabaseOptions(), stop: StopFlag? = nil
  ) throws -> Database {
    try SQLiteLibrary.check()
    try refuseNetwork(path, FileSystem(at: path.parent))
    if !options.creates, FileStatus.ifPresent(path) == nil { throw missing(path) }
    let turn = try TurnLock(at: lock)
    // Readers first: where they cannot be had, no thread has begun.
    let readers = try ReaderPool(path, schema, options)
    try takeTurn(turn, path, options, stop)
    let connection = try openMigrated(path, schema, options, turn, stop)
    let writer = try Writer(on: connection, schema, options, turn: turn)
    return Database(path, options, writer, readers)
  }

  /// Opens the connection that writes, in the turn, which is let go at the end.
  private static func openMigrated(
    _ path: FilePath, _ schema: Schema, _ options: DatabaseOptions, _ turn: TurnLock,
    _ stop: StopFlag?
  ) throws -> sending Connection {
    defer { turn.release() }
    let connection = try Connection.open(path, .writing(create: options.creates), options)
    // Before anything is written: a file that is not ours stays as it is.
    _ = try Migrator(connection, schema, options).version()
    try connection.prepareForWriting(options)
    try Migrator(connection, schema, options).migrate(stop: stop)
    return connection
  }

  private static func takeTurn(
    _ turn: TurnLock, _ path: FilePath, _ options: DatabaseOptions, _ stop: StopFlag?
  ) throws {
    let deadline = SystemTime().uptime + options.turnAtMost
    while try !turn.take(atMost: .milliseconds(100)) {
      try stop?.check()
      guard SystemTime().uptime < deadline else {
        throw SQLiteFailure(
          .databaseBusy,
          "cannot open \(path): another process has kept the turn (\(turn.path))",
          hint: "end the process that holds the lock file, or let it go on")
      }
    }
  }

  /// Refuses what lies on another machine: its locks and its memory maps cannot be relied on.
  static func refuseNetwork(_ path: FilePath, _ fileSystem: FileSystem) throws(SQLiteFailure) {
    try refuseNetwork(path, fileSystem.kind, isNetwork: fileSystem.isNetwork)
  }

  static func refuseNetwork(
    _ path: FilePath, _ kind: String, isNetwork: Bool
  ) throws(SQLiteFailure) {
    guard isNetwork else { return }
    throw SQLiteFailure(
      .databaseOnNetwork, "\(path) lies on a network file system (\(kind))",
      hint: "keep the library on a local disk, or use PostgreSQL for many machines")
  }

  static func missing(_ path: FilePath) -> SQLiteFailure {
    SQLiteFailure(.databaseMissing, "there is no database at \(path)")
  }
}
