import CSQLite
import Foundations

extension Connection {
  /// What a connection may do.
  enum Access {
    case reading
    case writing(create: Bool)
  }

  /// Opens a database file and sets the connection up.
  static func open(
    _ path: FilePath, _ access: Access, _ options: DatabaseOptions
  ) throws(SQLiteFailure) -> Connection {
    let handle = try openHandle(path, access, options)
    let patience = Patience(lockedAtMost: options.lockedAtMost)
    let connection = Connection(
      owning: handle, path, patience, statements: options.keptStatements)
    // Refused: writing to the tables of the schema and other ways of breaking the file by
    // statements; words in double quotes taken for text, which hide a misspelt column.
    for (which, on) in [
      (SQLITE_DBCONFIG_DEFENSIVE, Int32(1)), (SQLITE_DBCONFIG_DQS_DML, 0),
      (SQLITE_DBCONFIG_DQS_DDL, 0),
    ] {
      _ = mediary_sqlite_switch(handle, which, on)
    }
    // Functions that a schema from elsewhere names in a view or trigger are not run.
    try connection.run("PRAGMA trusted_schema = OFF")
    try connection.run("PRAGMA foreign_keys = ON")
    try connection.run("PRAGMA cell_size_check = ON")
    // Pages are read by calls and not through a memory map: an error of the disk is then a status
    // and not a SIGBUS that ends the process. The system's cache spares the disk either way.
    try connection.run("PRAGMA mmap_size = 0")
    try connection.run(SQL(made: "PRAGMA cache_size = -\(options.cacheKiB)"))
    return connection
  }

  private static func openHandle(
    _ path: FilePath, _ access: Access, _ options: DatabaseOptions
  ) throws(SQLiteFailure) -> OpaquePointer {
    var handle: OpaquePointer?
    // No lock of SQLite's own around each call: a connection has one user at a time.
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE
    switch access {
    case .reading: flags |= SQLITE_OPEN_READONLY
    case .writing(let create): flags |= SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0)
    }
    let status = path.withCString { name in
      if let layer = options.fileLayer {
        layer.withCString { sqlite3_open_v2(name, &handle, flags, $0) }
      } else {
        sqlite3_open_v2(name, &handle, flags, nil)
      }
    }
    guard status == SQLITE_OK, let handle else {
      let words = handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? "no memory"
      sqlite3_close_v2(handle)
      throw SQLiteFailure(status, "open", path, words: words)
    }
    return handle
  }

  /// Sets up what only a connection that writes decides.
  func prepareForWriting(_ options: DatabaseOptions) throws {
    let mode = try value("PRAGMA journal_mode = WAL", as: String.self)
    guard mode == "wal" else {
      throw SQLiteFailure(
        .databaseNotOpened,
        "\(path) cannot have a write-ahead log: its mode stays \(mode ?? "none")",
        hint: "move it to a local disk")
    }
    // FULL: a commit is on the disk when it returns. NORMAL loses the last ones in a power cut, and
    // never the file.
    try run(
      options.durability == .durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL")
    // When the log is brought home is the writer's decision (`LogCare`).
    sqlite3_wal_autocheckpoint(handle, 0)
    try run(SQL(made: "PRAGMA journal_size_limit = \(LogCare.keptBytes)"))
  }
}
