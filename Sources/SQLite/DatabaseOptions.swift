package import Foundations

/// How a database is opened and used.
package struct DatabaseOptions: Sendable {
  /// Whether a missing file is made.
  package var creates = true
  /// Whether a commit is on the disk when it returns, or may be lost in a power cut.
  package var durability = Durability.durable
  /// How long a write waits for its turn before it is refused as busy.
  package var turnAtMost = Duration.seconds(60)
  /// How long a lock of a program that knows no turns is waited for.
  package var lockedAtMost = Duration.seconds(10)
  /// How many reads go on at once; each is an open file, and in tasks a thread.
  package var readers = 4
  /// How many statements each connection keeps compiled.
  package var keptStatements = 256
  /// Memory for the pages of each connection.
  ///
  /// Enough for the inner pages of the indexes of a million rows; the rest lies in the system's
  /// own cache.
  package var cacheKiB = 16 << 10
  /// The bounds of a group of writes.
  package var writes = WriteLimits()
  /// Whence the lanes of reads in tasks come; without one they have a budget of their own.
  package var lanes: LaneBudget?
  /// What is done with the lines a group's writes have for the journal, before the group commits;
  /// the group fails with it.
  package var beforeCommit: (@Sendable ([[UInt8]]) throws -> Void)?
  /// Makes what a group's writes leave their work to that is done once for all of them.
  package var groupWork: (@Sendable () -> any GroupWork)?
  /// SQLite's file layer (VFS) by name, for tests with a disk that fails.
  package var fileLayer: String?

  /// The options that have proved themselves (docs/decisions/0010-sqlite.md).
  package init() {}
}
