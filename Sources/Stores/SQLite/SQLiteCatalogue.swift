package import Foundations
package import Model
import SQLite

/// The catalogue in an SQLite file, `mediary.db`, with its journal beside it.
///
/// Many threads and processes may read and write. Every change that no run folder and no blob tells
/// is a line of the journal, on the disk before the change is committed (docs/decisions/0012-catalogue.md).
package final class SQLiteCatalogue: CatalogueStore {
  /// How a catalogue is opened.
  package struct Options: Sendable {
    /// Whether a missing file is made.
    package var creates = true
    /// Whether a write is on the disk when it returns.
    package var durability = Durability.durable
    /// How large a file of the journal grows before the next one begins.
    package var journalFileBytes: Int64 = 64 << 20
    /// How many reads go on at once.
    package var readers = 4
    /// By what the way to a page is chosen.
    package var limits = WalkLimits()

    /// What serves well.
    package init() {}
  }

  /// The library's folder.
  package let folder: FilePath
  let database: Database
  let journalFolder: JournalFolder
  let limits: WalkLimits

  // So often processes are killed one after the other, or a group has somebody who marks.
  private static let attempts = 100

  private init(
    _ folder: FilePath, _ database: Database, _ journalFolder: JournalFolder, _ limits: WalkLimits
  ) {
    self.folder = folder
    self.database = database
    self.journalFolder = journalFolder
    self.limits = limits
  }

  /// Where the catalogue of a library lies.
  package static func path(in folder: FilePath) -> FilePath { folder.appending("mediary.db") }

  /// Opens the catalogue of a library's folder, makes it where it is missing, and brings its
  /// journal into line with it.
  ///
  /// - Throws: `library.journal_ahead` where the journal tells of changes that this catalogue has
  ///   never seen, as after an old copy of it was put back: it is to be built again then.
  package static func open(
    in folder: FilePath, options: Options = Options(), stop: StopFlag? = nil
  ) throws -> SQLiteCatalogue {
    let journal = JournalFolder(
      folder.appending("journal"), fileBytes: options.journalFileBytes,
      durability: options.durability)
    var database = DatabaseOptions()
    database.creates = options.creates
    database.durability = options.durability
    database.readers = options.readers
    database.groupWork = { CatalogueGroup() }
    database.beforeCommit = { lines in try journal.append(lines) }
    let opened = try Database.open(
      path(in: folder), lock: folder.appending("mediary.lock"), schema: CatalogueSchema.schema,
      options: database, stop: stop)
    let catalogue = SQLiteCatalogue(folder, opened, journal, options.limits)
    try catalogue.reconcileJournal()
    return catalogue
  }

  package func write<R: Sendable>(
    _ body: @escaping @Sendable (any CatalogueTransaction) throws -> R
  ) throws -> R {
    try write(.ordinary) { try body($0) }
  }

  package func writeJobs<R: Sendable>(
    isUrgent: Bool, _ body: @escaping @Sendable (any JobTransaction) throws -> R
  ) throws -> R {
    try write(isUrgent ? .urgent : .ordinary) { try body($0) }
  }

  private func write<R: Sendable>(
    _ urgency: WriteUrgency, _ body: @escaping @Sendable (CatalogueWriter) throws -> R
  ) throws -> R {
    for _ in 0..<Self.attempts {
      do {
        return try database.write(urgency) { [limits] in
          try body(CatalogueWriter(transaction: $0, limits: limits))
        }
      } catch is JournalOutOfStep {
        // Another process was killed between its lines and its commit. All of this write is undone,
        // and it begins anew once those lines are marked.
        do { try reconcileJournal() } catch is JournalOutOfStep { continue }
      }
    }
    throw ModelFailure(
      .modelBadJournal, "\(journalFolder.path) does not come into step with its catalogue",
      hint: "end the other programs that use the library, and try again")
  }

  package func read<R>(
    stop: StopFlag?, _ body: (any CatalogueReading) throws -> R
  ) throws -> R {
    try database.read(stop: stop) {
      try body(CatalogueReader(connection: $0, limits: limits))
    }
  }

  package func problems(stop: StopFlag?) throws -> [String] {
    try database.problems(.whole, stop: stop)
  }

  package func backUp(to path: FilePath, progress: ProgressSink, stop: StopFlag?) throws {
    try database.backUp(to: path, progress: progress, stop: stop)
  }

  package func finish() { database.finish() }
}
