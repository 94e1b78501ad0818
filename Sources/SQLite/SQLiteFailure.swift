import CSQLite
package import Foundations

/// Something a database refused, or that is wrong with it.
package struct SQLiteFailure: Failure {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let cause: (any Error)?
  /// SQLite's own extended number, 0 where the refusal was ours.
  package let number: Int32
  /// What was violated, where a constraint was.
  package let constraint: Constraint?

  /// A refusal of our own.
  package init(
    _ code: FailureCode, _ message: String, hint: String? = nil, cause: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.cause = cause
    number = 0
    constraint = nil
  }

  /// A status other than success, with the operation, the database and SQLite's words for it.
  init(_ number: Int32, _ operation: String, _ path: FilePath, words: String, stop: StopFlag? = nil)
  {
    let constraint = Constraint(number, words)
    // An interrupt is our own flag, seen through the progress handler.
    let stopped =
      number & 0xFF == SQLITE_INTERRUPT ? StoppedFailure(stop?.reason ?? .cancelled) : nil
    let meaning = Self.meaning(of: number)
    code = stopped?.code ?? constraint?.code ?? meaning.code
    hint = meaning.hint
    message = stopped?.message ?? "cannot \(operation) \(path): \(words)"
    cause = nil
    self.number = number
    self.constraint = constraint
  }

  /// A rule that we ourselves saw violated.
  init(_ constraint: Constraint, in path: FilePath) {
    code = constraint.code
    message = "cannot write to \(path): \(code.summary)"
    hint = nil
    cause = nil
    number = 0
    self.constraint = constraint
  }

  /// The failure that a raised flag is.
  init(_ failure: StoppedFailure) { self.init(failure.code, failure.message, cause: failure) }

  private static func meaning(of number: Int32) -> (code: FailureCode, hint: String?) {
    switch number & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
      (.databaseBusy, "end the program that holds the database, or try again later")
    case SQLITE_FULL: (.databaseFull, "free some space; nothing was changed")
    case SQLITE_CORRUPT:
      (.databaseCorrupt, "restore a backup, or build the database anew from what it indexes")
    case SQLITE_NOTADB: (.databaseForeign, "name the right file, or move this one away")
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
      (.databaseReadOnly, "check the permissions of the file and of its folder")
    case SQLITE_CANTOPEN: (.databaseNotOpened, "check that its folder exists and may be written to")
    case SQLITE_IOERR: (.databaseIO, "check the disk")
    case SQLITE_NOMEM: (.databaseMemory, nil)
    case SQLITE_TOOBIG: (.databaseTooBig, nil)
    case SQLITE_CONSTRAINT, SQLITE_MISMATCH: (.databaseConstraint, nil)
    default: (.databaseStatement, nil)
    }
  }
}
