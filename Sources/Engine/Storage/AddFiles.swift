package import Foundations
package import Library
import Media
package import Model
import Synchronization

/// The use case behind `mediary library add`: any number of files, several at once, answered in
/// the order they were named.
package struct AddFiles: Sendable {
  /// The files, and data URIs among them; `-` is standard input.
  package let sources: [FilePath]
  /// What is said of all of them.
  package var details: AssetDetails
  /// Put on what comes in, beside the tags that are there.
  package var tags: [String] = []
  /// How many are taken in at once.
  package var sideBySide = 4

  /// As many as are looked at before the first is answered.
  private static let batch = 64
  private static let piece = 1 << 20

  /// Files to be added.
  package init(_ sources: [FilePath], _ details: AssetDetails) {
    self.sources = sources
    self.details = details
  }

  /// Adds them; `each` hears of one after the other, on the calling thread.
  package func run(
    _ library: MediaLibrary, stop: StopFlag,
    each: (FilePath, Result<AddedAsset, any Error>) throws -> Void
  ) throws {
    let crew = try ThreadCrew(
      helpers: max(1, min(sideBySide, sources.count)) - 1, named: "add")
    var rest = sources[...]
    while !rest.isEmpty {
      try stop.check()
      let batch = Array(rest.prefix(Self.batch))
      rest = rest.dropFirst(batch.count)
      let outcomes = Outcomes()
      crew.perform(batch.count) { [self] index in
        let outcome = Result { try add(batch[index], to: library, stop) }
        outcomes.all.withLock { $0[index] = outcome }
      }
      let all = outcomes.all.withLock { $0 }
      for (index, path) in batch.enumerated() {
        guard let outcome = all[index] else { preconditionFailure("each piece was done") }
        try each(path, outcome)
      }
    }
  }

  /// What the threads share.
  private final class Outcomes: Sendable {
    let all = Mutex<[Int: Result<AddedAsset, any Error>]>([:])
  }

  private func add(
    _ source: FilePath, to library: MediaLibrary, _ stop: StopFlag
  ) throws -> AddedAsset {
    try stop.check()
    let added = try take(source, into: library, stop)
    guard !tags.isEmpty else { return added }
    var change = AssetChange()
    change.tags = added.asset.notes.tags + tags
    let asset = try library.change(added.asset.id, change)
    return AddedAsset(
      asset: asset, isDuplicate: added.isDuplicate, isRevived: added.isRevived)
  }

  private func take(
    _ source: FilePath, into library: MediaLibrary, _ stop: StopFlag
  ) throws -> AddedAsset {
    if source.text.hasPrefix("data:") {
      return try library.intake.add(base64: source.text, details, stop: stop)
    }
    if source == "-" { return try addStandardInput(to: library, stop) }
    if try FileStatus.of(source).kind == .folder {
      throw LibraryFailure(
        .libraryIsFolder, "\(source) is a folder",
        hint: "`mediary library import \(source)` takes in all that lies in it")
    }
    return try library.intake.add(file: source, details, stop: stop)
  }

  private func addStandardInput(
    to library: MediaLibrary, _ stop: StopFlag
  ) throws -> AddedAsset {
    let incoming = try library.intake.begin(details)
    let input = try MediaSource.standardInputBytes(stop: stop)
    while true {
      try stop.check()
      let bytes = try input.read(Self.piece)
      if bytes.isEmpty { break }
      try incoming.append(bytes)
    }
    return try incoming.add(stop: stop)
  }
}
