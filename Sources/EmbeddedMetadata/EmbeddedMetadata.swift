package import Foundations

/// How a media file was made, kept in the file itself or beside it.
///
/// Every function blocks and can be stopped. Pixels and samples are never decoded, let alone coded
/// again: only the containers' own parts are read and written. A new file takes the old one's place
/// in one step, or nothing changes; mode and times stay. What a file is, is told by its bytes.
package enum EmbeddedMetadata {
  /// What a file, or the sidecar beside it, tells of how it was made.
  ///
  /// `metadata.none` where neither says anything, `metadata.damaged` where the file contradicts
  /// itself and no sidecar stands in for it.
  package static func read(_ path: FilePath, stop: StopFlag? = nil) throws -> MetadataReading {
    try stop?.check()
    var damage: (any Error)?
    do {
      if let reading = try embedded(SourceFile(path)) { return reading }
    } catch let error as MetadataFailure {
      damage = error
    }
    if let reading = try Sidecar(of: path).read() { return reading }
    if let damage { throw damage }
    throw MetadataFailure(.metadataNone, "\(path) holds no metadata of how it was made")
  }

  private static func embedded(_ file: SourceFile) throws -> MetadataReading? {
    guard let container = try ContainerKind.of(file)?.container else { return nil }
    return RecordReader.reading(try container.texts(in: file))
  }

  /// The pictures that a film was made from, where they are in it.
  ///
  /// Their names are for showing; none is fit to be a path.
  package static func pictures(
    _ path: FilePath, stop: StopFlag? = nil
  ) throws -> [EmbeddedPicture] {
    try stop?.check()
    let file = try SourceFile(path)
    return try ContainerKind.of(file)?.container.pictures(in: file) ?? []
  }

  /// Puts a JSON object into a file, in the place of the one that is there.
  ///
  /// Signed files and formats without a place for it get a sidecar instead, and the answer's note
  /// says why.
  @discardableResult
  package static func write(
    _ text: String, to path: FilePath, options: MetadataWriteOptions = MetadataWriteOptions(),
    stop: StopFlag? = nil
  ) throws -> MetadataWriting {
    try MetadataWriter.checkJSON(text)
    return try put(text, to: path, options: options, stop: stop)
  }

  /// What a write of a text would do; nothing is changed.
  package static func plan(
    _ path: FilePath, text: String = "{}", options: MetadataWriteOptions = MetadataWriteOptions(),
    stop: StopFlag? = nil
  ) throws -> MetadataPlan {
    try stop?.check()
    let writer = try MetadataWriter(path.resolved(), options: options, stop: stop)
    return try writer.plan(Change(text: text, pictures: options.pictures)).plan
  }

  /// Takes out of a file everything that tells how it was made, its source pictures too.
  ///
  /// The sidecar stays unless it is to go too.
  @discardableResult
  package static func strip(
    _ path: FilePath, sidecar: Bool = false, stop: StopFlag? = nil
  ) throws -> MetadataWriting {
    try stop?.check()
    let options = MetadataWriteOptions(verify: false)
    let writer = try MetadataWriter(path.resolved(), options: options, stop: stop)
    let writing = try writer.strip()
    if sidecar { try Sidecar(of: path).remove() }
    return writing
  }

  /// Puts what one file tells into another, of whatever format.
  @discardableResult
  package static func copy(
    from source: FilePath, to target: FilePath,
    options: MetadataWriteOptions = MetadataWriteOptions(), stop: StopFlag? = nil
  ) throws -> MetadataWriting {
    try put(read(source, stop: stop).transferable, to: target, options: options, stop: stop)
  }

  private static func put(
    _ text: String, to path: FilePath, options: MetadataWriteOptions, stop: StopFlag?
  ) throws -> MetadataWriting {
    try stop?.check()
    try MetadataWriter.checkSizes(text, options)
    // A link stays a link: what it leads to is changed.
    let writer = try MetadataWriter(path.resolved(), options: options, stop: stop)
    return try writer.write(text, sidecar: Sidecar(of: path))
  }
}
