import Blobs
import Foundations
package import Model
import Synchronization

extension RunStorage {
  /// Makes a change to a run, together with those that others make at the same moment.
  ///
  /// What `body` throws concerns its caller alone; files that it put into the folder are taken out
  /// again. The change is in metadata.json and in the catalogue when this returns.
  func change<Value: Sendable>(
    _ id: RunID, _ body: @escaping @Sendable (inout OpenRun) throws -> Value
  ) throws -> Value {
    let made = Mutex<Value?>(nil)
    let turn = RunTurn { run in
      let value = try body(&run)
      made.withLock { $0 = value }
    }
    try turns.perform(turn, on: id) { serve(id, $0) }
    guard let value = made.withLock({ $0 }) else {
      preconditionFailure("a made change has a value")
    }
    return value
  }

  /// How many changes of a run wait for the one that is being written.
  package func waitingChanges(of id: RunID) -> Int { turns.waiting(for: id) }

  private func serve(_ id: RunID, _ turns: [RunTurn]) {
    do {
      try locked(id) { folder in
        try serve(turns, opened(id, folder))
      }
    } catch {
      for turn in turns { turn.settle(.failure(error)) }
    }
  }

  private func serve(_ turns: [RunTurn], _ opened: OpenRun) throws {
    var run = opened
    var made: [RunTurn] = []
    for turn in turns {
      var draft = run
      do {
        try turn.apply(&draft)
        run = draft
        made.append(turn)
      } catch {
        takeOut(draft.placed.dropFirst(run.placed.count), of: run.folder)
        turn.settle(.failure(error))
      }
    }
    guard !made.isEmpty else { return }
    try commit(run)
    for turn in made { turn.settle(.success(())) }
  }

  /// Writes a changed run: metadata.json first, the catalogue after it.
  func commit(_ run: OpenRun) throws {
    cache.forget(run.id)
    do {
      try write(run.document, in: run.folder)
    } catch let error as FileFailure where error.code == .fileNotDurable {
      // The file is there and names what was put beside it.
      throw error
    } catch {
      takeOut(run.placed[...], of: run.folder)
      throw error
    }
    try follow(run)
    try remember(run)
  }

  private func takeOut(_ names: ArraySlice<FileName>, of folder: Folder) {
    // What stays is found in the folder by whoever opens the run next.
    for name in names { try? folder.removeFile(name) }
  }

  // A smaller one costs nearly nothing to bring to the disk, which ext4 does with a rename.
  private static let leastExchanged: Int64 = 256 << 10

  /// Replaces metadata.json whole; the names of files put beside it are on the disk with it.
  func write(_ document: RunDocument, in folder: Folder, with above: [Folder] = []) throws {
    let target = Destination(folder: folder, name: .metadata)
    let staged = try StagedFile.create(beside: target)
    try document.write { bytes throws(FileFailure) in try staged.append(bytes) }
    switch options.durability {
    case .relaxed where try staged.file.status().size >= Self.leastExchanged:
      try staged.exchange(with: target)
    case .relaxed: try staged.publish(as: target, replacing: true, durability: .relaxed)
    case .durable:
      try commitGroup().publish(staged, as: target, replacing: true, with: above)
    }
  }

  /// Brings the catalogue's rows to what the folder says, in one transaction.
  func follow(_ run: OpenRun) throws {
    let (row, records, arrivals) = (run.document.run, run.document.outputs, run.arrivals)
    let start = run.catalogued ?? 0
    let isNew = run.catalogued == nil
    let added: [AddedAsset]
    do {
      added = try catalogue.write { transaction in
        let added = try arrivals.map { try transaction.addAsset($0.new, id: $0.id) }
        let rows = try Self.rows(row.id, records, from: start, in: transaction)
        if isNew {
          try transaction.putRun(row, outputs: rows)
        } else {
          try transaction.addOutputs(rows, to: row)
        }
        return added
      }
    } catch {
      throw RunFailure(
        .runNotCatalogued, "run \(run.id) is changed, but the catalogue could not be written",
        hint: "the next change of the run, or verifying the library, brings it there",
        cause: error)
    }
    for (arrival, asset) in zip(arrivals, added) { arrival.settle(asset) }
  }

  /// The rows of a run's outputs behind the first `start`.
  static func rows(
    _ id: RunID, _ records: OutputList, from start: Int, in catalogue: any CatalogueReading
  ) throws -> [RunOutput] {
    try records.indices.dropFirst(start).map { index in
      let asset = try records[index].blob.flatMap { try catalogue.asset(of: $0)?.id }
      return records[index].row(id, ordinal: index + 1, asset)
    }
  }

  func remember(_ run: OpenRun) throws {
    let file = try run.folder.open(.metadata, FileFlags.reading)
    guard let metadata = try run.folder.find(.metadata),
      let folder = try runs.root.find(FileName(run.id)), try file.status() == metadata
    else { return }
    cache.keep(
      run.id,
      RunCache.Entry(
        document: run.document, names: run.names, catalogued: run.document.outputs.count,
        metadata: metadata, folder: folder, held: RunCache.HeldFile(file)))
  }
}
