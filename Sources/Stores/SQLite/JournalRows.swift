package import Foundations
import Model
import SQLite

extension CatalogueWriter {
  /// Tells the journal of a change, with this write or not at all.
  func tell(_ entry: JournalEntry) throws {
    guard tells else { return }
    // In the transaction: a write that is undone leaves no gap.
    let sequence = try value(
      "UPDATE journal SET sequence = sequence + 1 RETURNING sequence", as: Int64.self)
    guard let sequence else { preconditionFailure("the journal has its row") }
    transaction.appendToJournal(JournalLine.entry(sequence: sequence, entry).bytes)
  }
}

extension CatalogueQueries {
  /// The number of the last change that was told to the journal.
  func journalSequence() throws -> Int64 {
    try value("SELECT sequence FROM journal", as: Int64.self) ?? 0
  }
}

extension SQLiteCatalogue {
  /// Marks what was never committed, and writes the journal anew where it has less than the
  /// catalogue.
  func reconcileJournal() throws {
    let journal = journalFolder
    let tellsAll = try database.write { [limits] transaction in
      let committed = try CatalogueWriter(transaction: transaction, limits: limits)
        .journalSequence()
      return try journal.reconcile(committed: committed)
    }
    if !tellsAll { try compactJournal() }
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
      let sequence = try session.journalSequence()
      let staged = try StagedFile.create(beside: path)
      var bytes = JournalLine.snapshot(sequence).bytes
      try JournalSnapshot.write(session) { entry in
        bytes += JournalLine.entry(sequence: nil, entry).bytes
        guard bytes.count > 1 << 20 else { return }
        try staged.append(bytes)
        bytes = []
      }
      try staged.append(bytes + JournalLine.whole(sequence).bytes)
      try staged.publish(as: path)
    }
    let files = try JournalFiles(in: journal.path)
    let folder = try Folder.open(journal.path)
    for old in files.numbers where old < number {
      guard let name = files.path(old).fileName else { continue }
      try folder.removeFile(name)
    }
  }

  /// Reads the journal of this catalogue.
  package func journal() throws -> JournalReader { try JournalReader(in: folder) }
}
