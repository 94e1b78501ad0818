package import Foundations

extension SegmentStore {
  /// What a sweep did.
  package struct Swept: Sendable, Equatable {
    /// How many pieces and leftovers it removed.
    package var files = 0
    /// How many bytes they held.
    package var bytes: Int64 = 0
    /// How many bytes stay.
    package var kept: Int64 = 0
  }

  private struct Found {
    let name: FileName
    let size: Int64
    let modified: Timestamp
  }

  /// Removes what was not asked for since long, and what was asked for least recently until the
  /// rest fits into a budget.
  ///
  /// - Parameter spared: what is younger stays whatever the budget, since somebody may be about to
  ///   join it.
  @discardableResult
  package func sweep(
    budget: Int64, olderThan age: Duration, sparing spared: Duration = .seconds(3_600),
    clock: any TimeSource
  ) throws(FileFailure) -> Swept {
    let leftovers = try StagedFile.sweep(folder, olderThan: spared, clock: clock)
    var swept = Swept(files: leftovers.files, bytes: leftovers.bytes)
    var pieces: [String: [Found]] = [:]
    for entry in try FolderEntries(of: folder) {
      let path = FilePath(bytes: entry.name.bytes)
      guard ["json", "ivf"].contains(path.fileExtension), path.stem.utf8.count == 64,
        let status = try folder.find(entry.name)
      else { continue }
      let modified = Timestamp(microseconds: status.modifiedNanoseconds / 1_000)
      pieces[path.stem, default: []].append(
        Found(name: entry.name, size: status.size, modified: modified))
    }
    let now = clock.now
    // The record's time is when the piece was asked for; it is the later of the two.
    let ordered = pieces.values.map { files in
      (files: files, used: files.map(\.modified).max() ?? now)
    }.sorted { ($0.used, $0.files[0].name) > ($1.used, $1.files[0].name) }
    for (files, used) in ordered {
      let size = files.reduce(0) { $0 + $1.size }
      let isOld = now - used >= age
      guard now - used >= spared, isOld || swept.kept + size > budget else {
        swept.kept += size
        continue
      }
      // The record first: what is left without one is no piece.
      for file in files.sorted(by: { $0.name > $1.name }) {
        try? folder.removeFile(file.name)
        swept.files += 1
      }
      swept.bytes += size
    }
    return swept
  }
}
