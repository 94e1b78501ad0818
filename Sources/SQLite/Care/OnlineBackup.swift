import CSQLite
import Foundations

/// Copies a database that is in use, as it was at one moment.
enum OnlineBackup {
  // 4 MiB: the flag is heard soon enough, and progress is told often enough.
  private static let pagesAtOnce: Int32 = 1_024

  /// Copies `path` to `target`, which appears whole or not at all, and is on the disk then.
  static func run(
    from path: FilePath, to target: FilePath, _ options: DatabaseOptions, replacing: Bool,
    progress: ProgressSink = .none, stop: StopFlag? = nil
  ) throws {
    let staged = try StagedFile.create(beside: target)
    let source = try Connection.open(path, .reading, options)
    // One read for the whole copy: it then shows one moment, and writes meanwhile do not make
    // SQLite begin anew. The log grows for as long.
    try source.stoppable(by: stop) {
      try source.transaction("BEGIN") {
        _ = try source.value("SELECT 1 FROM sqlite_schema", as: Int.self)
        try copy(source, to: staged.path, progress, stop)
      }
    }
    try leaveLog(staged.path)
    try staged.publish(as: target, replacing: replacing)
  }

  private static func copy(
    _ source: Connection, to path: FilePath, _ progress: ProgressSink, _ stop: StopFlag?
  ) throws {
    let target = try Connection.open(path, .writing(create: true), DatabaseOptions())
    // The file has no name yet: it is flushed once, when it is whole, and undone by removing it.
    try target.run("PRAGMA synchronous = OFF")
    try target.run("PRAGMA journal_mode = MEMORY")
    guard let copying = sqlite3_backup_init(target.handle, "main", source.handle, "main") else {
      throw target.failure(sqlite3_errcode(target.handle), "copy \(source.path) to")
    }
    defer { sqlite3_backup_finish(copying) }
    while true {
      if let stop { try stop.check() }
      let status = sqlite3_backup_step(copying, pagesAtOnce)
      let total = sqlite3_backup_pagecount(copying)
      let done = total - sqlite3_backup_remaining(copying)
      progress.report(ProgressUpdate(Double(done), of: Double(total), .items("pages")))
      if status == SQLITE_DONE { break }
      guard status == SQLITE_OK else {
        throw SQLiteFailure(
          status, "copy \(source.path) to", path, words: String(cString: sqlite3_errstr(status)))
      }
    }
  }

  /// Makes a copy a file that stands by itself: with no write-ahead log, which the copied header
  /// asks for.
  private static func leaveLog(_ path: FilePath) throws {
    let target = try Connection.open(path, .writing(create: false), DatabaseOptions())
    try target.run("PRAGMA synchronous = OFF")
    // Otherwise it would make a file for memory that is shared with nobody.
    try target.run("PRAGMA locking_mode = EXCLUSIVE")
    try target.run("PRAGMA journal_mode = DELETE")
  }
}
