import Blobs
package import Foundations
package import Model
import Sniffing

extension MediaLibrary {
  /// The one way in.
  package var intake: Intake { Intake(library: self) }
}

/// The one way into the library: for files, bytes, texts and streams alike.
///
/// Content is checked against the quotas before a byte is written, hashed and told by its bytes
/// while it is taken in, and committed; then its facts are read. `prepare` ends there, for whoever
/// has more to write in the same transaction; `add` goes on to the catalogue.
package struct Intake: Sendable {
  let library: MediaLibrary

  // MARK: - to the catalogue

  /// Adds a file; one that has not changed since it was added is not read again.
  @discardableResult
  package func add(
    file: FilePath, _ details: AssetDetails = AssetDetails(), stop: StopFlag = StopFlag()
  ) throws -> AddedAsset {
    try record(prepare(file: file, details, stop: stop))
  }

  /// Adds bytes.
  @discardableResult
  package func add(
    bytes: [UInt8], _ details: AssetDetails, stop: StopFlag = StopFlag()
  ) throws -> AddedAsset {
    try record(prepare(bytes: bytes, details, stop: stop))
  }

  /// Adds base64 or a data URI.
  @discardableResult
  package func add(
    base64: String, _ details: AssetDetails, stop: StopFlag = StopFlag()
  ) throws -> AddedAsset {
    try record(prepare(base64: base64, details, stop: stop))
  }

  /// Puts what is prepared into the catalogue, in one transaction of its own.
  package func record(_ prepared: PreparedAsset) throws -> AddedAsset {
    let id = prepared.new.id ?? AssetID(library.ids.uuid())
    return try library.catalogue.write { catalogue in
      let added = try catalogue.addAsset(prepared.new, id: id)
      if let file = prepared.file { try catalogue.remember(file, prepared.new.blob) }
      return added
    }
  }

  // MARK: - up to the catalogue

  /// Takes a file in; it stays where it is.
  package func prepare(
    file: FilePath, _ details: AssetDetails = AssetDetails(), stop: StopFlag = StopFlag()
  ) throws -> PreparedAsset {
    try prepare(file, details, moving: false, stop)
  }

  /// Takes in a file that is ours, such as frames just written: it becomes the blob, and is gone
  /// from where it was.
  package func prepare(
    moving file: FilePath, _ details: AssetDetails, stop: StopFlag = StopFlag()
  ) throws -> PreparedAsset {
    try prepare(file, details, moving: true, stop)
  }

  /// Takes bytes in.
  package func prepare(
    bytes: [UInt8], _ details: AssetDetails, stop: StopFlag = StopFlag()
  ) throws -> PreparedAsset {
    let incoming = try begin(details, size: Int64(bytes.count))
    try incoming.append(bytes)
    return try incoming.finish(stop: stop)
  }

  /// Takes base64 or a data URI in.
  package func prepare(
    base64: String, _ details: AssetDetails, stop: StopFlag = StopFlag()
  ) throws -> PreparedAsset {
    let text = try Base64Text(base64)
    var details = details
    details.declaredType = details.declaredType ?? text.declaredType
    return try prepare(bytes: text.bytes, details, stop: stop)
  }

  /// Begins to take in bytes that come piece by piece; `size` where it was announced.
  package func begin(_ details: AssetDetails, size: Int64? = nil) throws -> IncomingContent {
    var details = details
    details.name = try details.name.map(AssetName.check)
    let room = try library.room(user: details.user, announced: size)
    let options = IntakeOptions(expectedSize: size, limit: room)
    return IncomingContent(
      intake: self, content: try library.blobs.beginIntake(options), details: details)
  }

  private func prepare(
    _ path: FilePath, _ details: AssetDetails, moving: Bool, _ stop: StopFlag
  ) throws -> PreparedAsset {
    var details = details
    details.name = try details.name.map(AssetName.check) ?? AssetName.mended(path.name)
    // Whole, so that it can be found again from elsewhere.
    if !moving { details.from = details.from ?? (try? path.resolved())?.text ?? path.text }
    let status = try FileStatus.of(path)
    if !moving, let known = try known(path, status, details) { return known }
    let room = try library.room(
      user: details.user, announced: status.kind == .plain ? status.size : nil)
    var options: TakingOptions = moving ? .moving : TakingOptions()
    options.intake.limit = room
    let staged = try library.blobs.take(path, options, stop: stop)
    return try finish(staged, details, source: moving ? nil : path, stop)
  }

  /// What a file is, where it has not changed since it was last added.
  private func known(
    _ path: FilePath, _ status: FileStatus, _ details: AssetDetails
  ) throws -> PreparedAsset? {
    guard status.kind == .plain else { return nil }
    let identity = FileIdentity(status)
    let asset = try library.catalogue.read { catalogue -> Asset? in
      guard let blob = try catalogue.knownHash(of: identity) else { return nil }
      return try catalogue.asset(of: blob)
    }
    // The blob is renewed before it is referred to: a sweep then leaves it alone. Where it is
    // missing, the file is what brings it back.
    guard let asset, try library.blobs.renew(asset.blob) != nil else { return nil }
    let new = newAsset(asset.blob, asset.size, asset.facts, nil, details)
    return PreparedAsset(new: new, file: nil)
  }

  // MARK: - what all ways share

  func finish(
    _ staged: any StagedBlob, _ details: AssetDetails, source: FilePath?, _ stop: StopFlag
  ) throws -> PreparedAsset {
    let facts = staged.facts
    let name = details.name ?? "file"
    let type = try ContentCheck.type(of: facts, name: name, declaredType: details.declaredType)
    try stop.check()
    let commit = try staged.commit(library.settings.durability)
    // What the store had not is no asset, or one that lost its content.
    let known =
      try commit == .stored ? nil : library.catalogue.read { try $0.asset(of: facts.id) }
    let read = try known?.facts ?? readFacts(of: facts.id, facts.size, type, name, stop)
    var generation = details.generation
    if generation == nil, known == nil {
      generation = try LocalBlob.with(
        facts.id, in: library.blobs, work: library.folder.path(of: .work), stop: stop
      ) {
        try GenerationReader.read(
          $0, source: source, type: type, id: library.newGenerationID(), stop: stop)
      }
    }
    let identity = staged.source.flatMap { $0.isSettled(at: library.clock.now) ? $0 : nil }
    return PreparedAsset(
      new: newAsset(facts.id, facts.size, read, generation, details), file: identity)
  }

  func readFacts(
    of blob: BlobID, _ size: Int64, _ type: ContentType, _ name: String, _ stop: StopFlag
  ) throws -> AssetFacts {
    let reader = FactsReader(
      blobs: library.blobs, work: library.folder.path(of: .work),
      looks: library.settings.looking == .atOnce)
    return try reader.facts(of: blob, size: size, type: type, name: name, stop: stop)
  }

  private func newAsset(
    _ blob: BlobID, _ size: Int64, _ facts: AssetFacts, _ generation: Generation?,
    _ details: AssetDetails
  ) -> NewAsset {
    NewAsset(
      id: details.id, blob: blob, size: size,
      name: details.name ?? "\(blob.description.prefix(12)).\(facts.format)",
      source: details.source, addedAt: details.addedAt ?? library.clock.now, user: details.user,
      from: details.from, facts: facts, generation: generation ?? details.generation)
  }
}
