package import Foundations
import Library
import Media
package import Model
package import Runs

/// The use case behind `mediary run add`: content goes into the library as an asset, and into a run
/// as an output.
///
/// The asset is the run's user's, was generated, and is found by the run's prompt.
package struct AddToRun: Sendable {
  // To read a smaller file again costs less than to write down what it was.
  private static let worthRemembering: Int64 = 1 << 20
  private static let piece = 1 << 20

  private let open: OpenLibrary
  private let run: Run
  private let about: OutputDetails

  /// Additions of one sort to one run; refused where it is not there, in the trash, or archived.
  package init(_ id: RunID, _ about: OutputDetails, in open: OpenLibrary) throws {
    // Before anything is taken in, which would be for nothing.
    _ = try open.runs.path(of: id)
    self.open = open
    self.about = about
    run = try open.runs.metadata(of: id).run
  }

  /// Adds a file, a data URI, or with `-` what comes by standard input.
  package func add(_ source: FilePath, stop: StopFlag) throws -> RunOutput {
    let prepared = try prepare(source, stop)
    var new = prepared.new
    new.generation = try generation(of: new)
    let output = try open.runs.add(new, to: run.id, about)
    if let file = prepared.file, new.size >= Self.worthRemembering {
      try open.library.catalogue.write { try $0.remember(file, prepared.new.blob) }
    }
    return output
  }

  private func prepare(_ source: FilePath, _ stop: StopFlag) throws -> PreparedAsset {
    let details = AssetDetails(source: .generated, user: run.user)
    let text = source.text
    let head = text.prefix(8).lowercased()
    if head.hasPrefix("http://") || head.hasPrefix("https://") {
      throw RunFailure(
        .runBadValue,
        "\(Redaction.standard.text(text)) is an address, and this version takes files only",
        hint: "fetch it first and add the file: adding by address comes with a later version")
    }
    if head.hasPrefix("data:") {
      return try open.library.intake.prepare(base64: text, details, stop: stop)
    }
    if source == "-" { return try prepareStandardInput(details, stop) }
    return try open.library.intake.prepare(file: source, details, stop: stop)
  }

  private func prepareStandardInput(
    _ details: AssetDetails, _ stop: StopFlag
  ) throws -> PreparedAsset {
    let incoming = try open.library.intake.begin(details)
    let input = try MediaSource.standardInputBytes(stop: stop)
    while true {
      try stop.check()
      let bytes = try input.read(Self.piece)
      if bytes.isEmpty { break }
      try incoming.append(bytes)
    }
    return try incoming.finish(stop: stop)
  }

  /// How it was made: what the file tells itself, or else what the run knows of it.
  private func generation(of new: NewAsset) throws -> Generation? {
    if let told = new.generation { return told }
    // A file that was read before is not read again, and what it told is kept.
    let known = try open.library.catalogue.read { catalogue in
      try catalogue.asset(of: new.blob).map { try catalogue.generations(of: $0.id) } ?? []
    }
    guard !known.contains(where: { $0.readFrom != nil }) else { return nil }
    var made = Generation(id: open.library.newGenerationID())
    made.provider = about.backend
    made.model = about.config
    made.prompt = [run.transformedText, run.inputText].lazy.compactMap { $0 }
      .first { !$0.isEmpty }
    made.seed = about.seed
    let isEmpty =
      made.provider == nil && made.model == nil && made.prompt == nil && made.seed == nil
    return isEmpty ? nil : made
  }
}
