import Foundations

/// The file `<stem>.json` beside a media file.
struct Sidecar {
  let path: FilePath
  private let media: FilePath

  /// The sidecar of a file, which need not be there.
  init(of media: FilePath) {
    self.media = media
    let name = media.fileName?.bytes ?? []
    let dot = name.lastIndex(of: UInt8(ascii: ".")) ?? name.count
    let stem = dot > 0 ? name[..<dot] : name[...]
    path = media.parent.appending(FilePath(bytes: Array(stem) + Array(".json".utf8)))
  }

  /// What it tells; nil where it is not there or is no object.
  func read() throws -> MetadataReading? {
    guard path != media, FileStatus.ifPresent(path)?.kind == .plain else { return nil }
    let bytes = try SmallFile.read(path, limit: MetadataLimits.text)
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    return RecordReader.reading([FoundText("comment", text, place: "sidecar")])
  }

  /// Writes it, in the place of an older one, but never of something else.
  func write(_ text: String) throws {
    guard path != media else {
      throw MetadataFailure(
        .metadataUnsupported, "\(media) would be its own sidecar",
        hint: "give the file the extension of its format")
    }
    if FileStatus.ifPresent(path) != nil {
      let old = try? SmallFile.read(path, limit: MetadataLimits.text)
      let text = old.flatMap { String(validating: $0, as: UTF8.self) }
      guard text.flatMap({ LenientJSON.object($0) }) != nil else {
        throw FileFailure(
          .fileExists, "\(path) stands already and holds something else than metadata",
          hint: "move it away, or write the metadata into the file")
      }
    }
    try AtomicFile.replace(path, with: Array(text.utf8))
  }

  /// Removes it where it is there and is an object.
  func remove() throws {
    guard try read() != nil else { return }
    let place = try Destination(path)
    try place.folder.removeFile(place.name)
  }
}
