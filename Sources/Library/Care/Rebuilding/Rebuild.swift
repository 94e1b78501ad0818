package import Blobs
package import Foundations
package import Model
import Sniffing

extension Care {
  /// Fills an empty catalogue from what folders, blobs and the journal tell.
  ///
  /// - Parameter journal: hands over the journal's entries, the oldest first.
  /// - Parameter runs: brings the runs' folders into the catalogue, after the assets are there.
  package func rebuild(
    _ options: Rebuild.Options = Rebuild.Options(), stop: StopFlag = StopFlag(),
    progress: ProgressSink = .none, journal: ((JournalEntry) throws -> Void) throws -> Void,
    runs: () throws -> Void = {}
  ) throws -> Rebuild.Report {
    try library.folder.requirePresent()
    var work = Rebuild(library: library, options: options, stop: stop)
    try work.requireEmpty()
    try journal { entry in
      try stop.check()
      try work.take(entry)
      progress.report(ProgressUpdate(Double(work.report.entries), of: nil, .items("entries")))
    }
    try work.flush()
    try runs()
    try work.adoptUntracked()
    library.likenesses.reset()
    return work.report
  }
}

/// Brings a catalogue back.
package struct Rebuild {
  /// What is brought back.
  package struct Options: Sendable {
    /// Whether content that nothing tells of becomes assets of its own.
    ///
    /// Nil: where there is no journal, since then nothing could tell of it.
    package var adoptsUntracked: Bool?

    /// What the journal's being there decides.
    package init() {}
  }

  /// What came back.
  package struct Report: Sendable {
    package var entries = 0
    package var assets = 0
    /// Of which the content is not there any more.
    package var withoutContent = 0
    package var adopted = 0
    /// Content that nothing tells of, and that was left.
    package var untracked = 0
    package var refused = 0
    /// Entries that could not be brought back, in words.
    package private(set) var refusals: [String] = []

    mutating func refuse(_ why: String) {
      refused += 1
      if refusals.count < ImportReport.mostRefusals { refusals.append(why) }
    }
  }

  private static let batch = 200

  let library: MediaLibrary
  let options: Options
  let stop: StopFlag
  private(set) var report = Report()
  private var waiting: [JournalReplay] = []

  init(library: MediaLibrary, options: Options, stop: StopFlag) {
    self.library = library
    self.options = options
    self.stop = stop
  }

  func requireEmpty() throws {
    let statistics = try library.finding.statistics()
    guard statistics.assets.count + statistics.trash.count + statistics.runs == 0 else {
      throw LibraryFailure(
        .libraryOccupied, "the catalogue of \(library.folder.path) is not empty",
        hint: "put mediary.db aside, and rebuild then")
    }
  }

  /// Takes an entry; some are brought back together.
  mutating func take(_ entry: JournalEntry) throws {
    report.entries += 1
    waiting.append(try replay(of: entry))
    if waiting.count == Self.batch { try flush() }
  }

  private mutating func replay(of entry: JournalEntry) throws -> JournalReplay {
    guard case .origin(let origin, let blob) = entry else { return .entry(entry) }
    // The second name of the same content needs no second look.
    if let known = try library.catalogue.read({ try $0.asset(of: blob) }) {
      return .asset(newAsset(origin, blob, known.size, known.facts))
    }
    guard let status = try library.blobs.find(blob) else {
      report.withoutContent += 1
      let type = ContentType.allCases.first {
        $0.fileExtension == FilePath(origin.name).fileExtension.lowercased()
      }
      var facts = AssetFacts(
        kind: type?.kind ?? .data, format: type?.fileExtension ?? "bin",
        mimeType: type?.mimeType ?? ContentType.unknown.mimeType)
      facts.isReadable = false
      return .asset(newAsset(origin, blob, 0, facts))
    }
    let facts = try self.facts(of: status, name: origin.name)
    return .asset(newAsset(origin, blob, status.size, facts))
  }

  private func facts(of status: BlobStatus, name: String) throws -> AssetFacts {
    let content = try library.blobs.open(status.id)
    let head = try content.read(0..<min(content.size, Int64(ContentType.headSize)))
    let type = ContentType.of(head, size: content.size)
    return try library.intake.readFacts(of: status.id, status.size, type, name, stop)
  }

  private func newAsset(
    _ origin: AssetOrigin, _ blob: BlobID, _ size: Int64, _ facts: AssetFacts
  ) -> NewAsset {
    NewAsset(
      id: origin.asset, blob: blob, size: size, name: origin.name, source: origin.source,
      addedAt: origin.addedAt, user: origin.user, from: origin.from, facts: facts)
  }

  /// Brings back what waits, in one transaction; where that fails, one by one.
  mutating func flush() throws {
    let entries = waiting
    waiting = []
    guard !entries.isEmpty else { return }
    do {
      let made = try library.catalogue.write { catalogue in
        try entries.reduce(0) { $0 + (try $1.apply(to: catalogue) ? 1 : 0) }
      }
      report.assets += made
    } catch {
      try stop.check()
      for entry in entries { try flushAlone(entry) }
    }
  }

  private mutating func flushAlone(_ entry: JournalReplay) throws {
    do {
      let isNew = try library.catalogue.write { try entry.apply(to: $0) }
      if isNew { report.assets += 1 }
    } catch let error as ModelFailure {
      // It speaks of what is not there any more.
      report.refuse(error.message)
    }
  }

  /// Looks for content that nothing tells of.
  mutating func adoptUntracked() throws {
    let adopts = options.adoptsUntracked ?? (report.entries == 0)
    var last: BlobID?
    while true {
      try stop.check()
      let blobs = try library.blobs.list(after: last, atMost: Self.batch)
      guard let end = blobs.last else { return }
      last = end.id
      let known = try library.catalogue.read { try $0.referenced(blobs.map(\.id)) }
      for blob in blobs where !known.contains(blob.id) {
        if adopts { try adopt(blob) } else { report.untracked += 1 }
      }
    }
  }

  private mutating func adopt(_ blob: BlobStatus) throws {
    let facts = try facts(of: blob, name: "")
    let id = AssetID(library.ids.uuid())
    let work = library.folder.path(of: .work)
    let content = ContentType.allCases.first { $0.fileExtension == facts.format } ?? .unknown
    let generation = try LocalBlob.with(blob.id, in: library.blobs, work: work, stop: stop) {
      try GenerationReader.read(
        $0, source: nil, type: content, id: library.newGenerationID(), stop: stop)
    }
    let new = NewAsset(
      blob: blob.id, size: blob.size, name: "\(blob.id.description.prefix(12)).\(facts.format)",
      source: .uploaded, addedAt: library.clock.now + (.zero - blob.age), facts: facts,
      generation: generation)
    _ = try library.catalogue.write { try $0.addAsset(new, id: id) }
    report.adopted += 1
  }
}
