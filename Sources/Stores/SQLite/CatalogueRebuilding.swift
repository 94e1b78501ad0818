package import Foundations
import Model

/// A catalogue that is made anew beside the library's own, and takes its place when it is whole.
///
/// Until `publish` nothing of the library is changed, so that a rebuilding can be cut short at any
/// moment. What stood there before is put aside and never removed.
package final class CatalogueRebuilding: Sendable {
  /// The names of an SQLite file and of what a crash leaves beside it.
  private static let parts = ["mediary.db", "mediary.db-wal", "mediary.db-shm"]
  private static let turn = Duration.seconds(60)

  /// The new catalogue, empty at first.
  package let catalogue: SQLiteCatalogue
  private let library: FilePath
  private let folder: FilePath

  /// Begins with an empty catalogue in the library's `work/`.
  package init(in library: FilePath) throws {
    self.library = library
    let number = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    folder = library.appending("work").appending("rebuild-\(number)")
    _ = try Folder.make(folder)
    var options = SQLiteCatalogue.Options()
    // All of it is flushed at once, when it is whole.
    options.durability = .relaxed
    catalogue = try SQLiteCatalogue.open(in: folder, options: options)
  }

  /// Puts the new catalogue and a journal of all that it knows in the place of the old ones.
  ///
  /// Gives where an old catalogue was put; nil where there was none.
  package func publish(at time: Timestamp) throws -> FilePath? {
    try catalogue.compactJournal()
    catalogue.finish()
    guard try FileStatus.find(folder.appending("mediary.db-wal")) == nil else {
      throw FileFailure(.fileBusy, "\(folder) still has a log of changes", hint: "try again")
    }
    try FileSystem.flush(folder)
    let turn = try TurnLock(at: library.appending("mediary.lock"))
    guard try turn.take(atMost: Self.turn) else {
      throw FileFailure(
        .fileBusy, "another program has been writing to \(library) for a minute",
        hint: "end it, and rebuild then")
    }
    defer { turn.release() }
    let (from, to) = (try Folder.open(folder), try Folder.open(library))
    let aside = try putAside(in: to, time)
    try moveJournal()
    try from.rename("mediary.db", to: "mediary.db", in: to, replacing: false)
    try to.sync()
    _ = FolderRemoval.remove(folder)
    return aside
  }

  /// Gives it up: the library stays as it is.
  package func discard() {
    catalogue.finish()
    _ = FolderRemoval.remove(folder)
  }

  /// Gives the old catalogue another name, first of all: what is half moved has none then, and is
  /// rebuilt again.
  private func putAside(in folder: Folder, _ time: Timestamp) throws -> FilePath? {
    let name = try asideName(in: folder, time)
    var found: FilePath?
    for part in Self.parts {
      guard let old = FileName(text: part),
        let aside = FileName(text: "\(name).\(part)"), try folder.find(old) != nil
      else { continue }
      try folder.rename(old, to: aside, in: folder, replacing: false)
      found = found ?? folder.path(of: aside)
    }
    if found != nil { try folder.sync() }
    return found
  }

  /// `before-20261121101500`, or with a number behind it where that is taken.
  private func asideName(in folder: Folder, _ time: Timestamp) throws -> String {
    let digits = String(time.description.prefix(19).filter(\.isNumber))
    let taken = try FolderEntries(of: folder).map(\.name.text)
    var name = "before-\(digits)"
    var number = 2
    while taken.contains(where: { $0.hasPrefix(name + ".") }) {
      name = "before-\(digits)-\(number)"
      number += 1
    }
    return name
  }

  /// Puts the new journal's files behind the old ones, whose lines its snapshot makes needless.
  ///
  /// The old ones stay until the journal is compacted the next time.
  private func moveJournal() throws {
    let target = try Folder.make(library.appending("journal"))
    let source = try Folder.open(folder.appending("journal"))
    var next = (try JournalFiles(in: target.path).numbers.last ?? 0) + 1
    for number in try JournalFiles(in: source.path).numbers {
      guard let old = JournalFiles.path(number, in: source.path).fileName,
        let new = JournalFiles.path(next, in: target.path).fileName
      else { continue }
      try source.rename(old, to: new, in: target, replacing: false)
      next += 1
    }
    try target.sync()
  }
}
