import Blobs
package import Foundations
package import Model
import Sniffing

extension Care {
  /// Fills an empty catalogue from what folders, blobs and the journal tell.
  ///
  /// - Parameter journal: hands over the journal's entries, the oldest first.
  /// - Parameter runs: brings the runs' folders into the catalogue, after the assets are there;
  ///   called again where more assets were found after that.
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
    // What was adopted may be an output of a run in the trash or the archive, which adds none.
    if work.report.adopted > 0 { try runs() }
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
    /// Entries about what is not there any more.
    package var withoutMeaning = 0
    /// Assets of which the content is not there any more.
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

  /// One step of bringing the catalogue back, ready to be made.
  private struct Step: Sendable {
    let entry: JournalEntry
    var content: KnownContent?
  }

  private static let batch = 200

  let library: MediaLibrary
  let options: Options
  let stop: StopFlag
  private(set) var report = Report()
  private var waiting: [Step] = []

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
    waiting.append(try step(of: entry))
    if waiting.count == Self.batch { try flush() }
  }

  /// An entry with what the content it is about tells, where it brings an asset.
  private mutating func step(of entry: JournalEntry) throws -> Step {
    guard case .origin(let origin, let blob) = entry else { return Step(entry: entry) }
    // The second name of the same content needs no second look.
    if let known = try library.catalogue.read({ try $0.asset(of: blob) }) {
      return Step(entry: entry, content: KnownContent(size: known.size, facts: known.facts))
    }
    guard let status = try library.blobs.find(blob) else {
      report.withoutContent += 1
      return Step(entry: entry, content: KnownContent(size: 0, facts: Self.guess(origin.name)))
    }
    let facts = try self.facts(of: status, name: origin.name)
    return Step(entry: entry, content: KnownContent(size: status.size, facts: facts))
  }

  /// What can be said of content that is not there.
  private static func guess(_ name: String) -> AssetFacts {
    let end = FilePath(name).fileExtension.lowercased()
    let type = ContentType.allCases.first { $0.fileExtension == end } ?? .unknown
    var facts = AssetFacts(
      kind: type.kind, format: type.fileExtension, mimeType: type.mimeType)
    facts.isReadable = false
    return facts
  }

  private func facts(of status: BlobStatus, name: String) throws -> AssetFacts {
    let content = try library.blobs.open(status.id)
    let head = try content.read(0..<min(content.size, Int64(ContentType.headSize)))
    let type = ContentType.of(head, size: content.size)
    return try library.intake.readFacts(of: status.id, status.size, type, name, stop)
  }

  /// Brings back what waits, in one transaction; where that fails, one by one.
  mutating func flush() throws {
    let steps = waiting
    waiting = []
    guard !steps.isEmpty else { return }
    do {
      let outcomes = try library.catalogue.write { catalogue in
        try steps.map { try catalogue.replay($0.entry, content: $0.content) }
      }
      for (step, isMade) in zip(steps, outcomes) { note(step, isMade) }
    } catch {
      try stop.check()
      for step in steps { try flushAlone(step) }
    }
  }

  private mutating func flushAlone(_ step: Step) throws {
    do {
      note(step, try library.catalogue.write { try $0.replay(step.entry, content: step.content) })
    } catch let error as ModelFailure {
      report.refuse(error.message)
    }
  }

  private mutating func note(_ step: Step, _ isMade: Bool) {
    // It speaks of what is not there any more: that was purged, or its own line is lost.
    if !isMade { report.withoutMeaning += 1 }
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
      let known = try library.catalogue.read { catalogue in
        guard adopts else { return try catalogue.referenced(blobs.map(\.id)) }
        return Set(try blobs.map(\.id).filter { try catalogue.asset(of: $0) != nil })
      }
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
