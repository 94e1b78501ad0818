package import Foundations
import Model
import SQLite

extension CatalogueWriter {
  /// Tells the journal of a change, with this write or not at all.
  func tell(_ entry: JournalEntry) throws {
    guard tells else { return }
    let (sequence, voids) = try group.nextPlace { try journalPlace() }
    let line = JournalLine.entry(sequence: sequence, voids: voids, entry)
    transaction.appendToJournal(line.bytes)
  }
}

extension CatalogueQueries {
  /// The number of the last change that was told to the journal, and how many marks it has.
  func journalPlace() throws -> (sequence: Int64, voids: Int64) {
    let place = try one("SELECT sequence, voids FROM journal") {
      (try $0[0] as Int64, try $0[1] as Int64)
    }
    guard let place else { preconditionFailure("the journal has its row") }
    return place
  }
}

extension SQLiteCatalogue {
  /// Marks what was never committed, and writes the journal anew where it has less than the
  /// catalogue.
  func reconcileJournal() throws {
    let journal = journalFolder
    defer { journal.endMarking() }
    let step = try database.write { [limits] transaction in
      let place = try CatalogueWriter(transaction: transaction, limits: limits).journalPlace()
      let step = try journal.reconcile(committed: place.sequence, voids: place.voids)
      if step == .marked { try transaction.run("UPDATE journal SET voids = voids + 1") }
      return step
    }
    if step == .behind { try compactJournal() }
  }

  /// Writes all that the journal would come to into one file, and removes what was before it.
  ///
  /// Others go on writing meanwhile. The old files go once the new one is on the disk, whole.
  package func compactJournal(stop: StopFlag? = nil) throws {
    let journal = journalFolder
    let number = try database.write { _ in try journal.leaveRoom() }
    let path = JournalFiles.path(number, in: journal.path)
    try database.read(stop: stop) { connection in
      let session = CatalogueReader(connection: connection, limits: limits)
      let (sequence, voids) = try session.journalPlace()
      let staged = try StagedFile.create(beside: path)
      var bytes = JournalLine.snapshot(sequence).bytes
      try JournalSnapshot.write(session) { entry in
        bytes += JournalLine.entry(sequence: nil, voids: 0, entry).bytes
        guard bytes.count > 1 << 20 else { return }
        try staged.append(bytes)
        bytes = []
      }
      try staged.append(bytes + JournalLine.whole(sequence, voids: voids).bytes)
      try staged.publish(as: path)
    }
    let files = try JournalFiles(in: journal.path)
    let folder = try Folder.open(journal.path)
    for old in files.numbers where old < number {
      guard let name = files.path(old).fileName else { continue }
      try folder.removeFile(name)
    }
  }

  /// How many changes this catalogue has told its journal of.
  package var changes: Int64 {
    get throws {
      try database.read {
        try CatalogueReader(connection: $0, limits: limits).journalPlace().sequence
      }
    }
  }

  /// Reads the journal of this catalogue.
  package func journal() throws -> JournalReader { try JournalReader(in: folder) }
}
