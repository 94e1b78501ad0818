/// What a file is by its first bytes, whatever its name.
package enum ContainerKind: String, Sendable, CaseIterable {
  case png, jpeg, webp, mp4, matroska, webm, wav, flac, ogg, mp3, gif, avif, jxl

  /// Reads and writes it.
  var container: any MetadataContainer.Type {
    switch self {
    case .png: PNGFile.self
    case .jpeg: JPEGFile.self
    case .webp: WebPFile.self
    case .mp4: MP4File.self
    case .matroska, .webm: MatroskaFile.self
    case .wav: WAVFile.self
    case .flac: FLACFile.self
    case .ogg: OggFile.self
    case .mp3: MP3File.self
    case .gif: GIFFile.self
    case .avif: AVIFFile.self
    case .jxl: JXLFile.self
    }
  }

  /// The kind of a file, nil where it is none of these.
  static func of(_ file: SourceFile) throws -> ContainerKind? {
    let start = try file.start(64)
    if start.starts(with: PNGFile.signature) { return .png }
    if start.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
    if start.has("RIFF"), start.has("WEBP", at: 8) { return .webp }
    if start.has("RIFF") || start.has("RF64"), start.has("WAVE", at: 8) { return .wav }
    if start.has("fLaC") { return .flac }
    if start.has("OggS") { return .ogg }
    if start.has("GIF87a") || start.has("GIF89a") { return .gif }
    if start.starts(with: [0xFF, 0x0A]) || start.has("JXL \r\n", at: 4) { return .jxl }
    if start.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
      return start.firstPlace(of: "webm") == nil ? .matroska : .webm
    }
    if start.has("ID3") { return try behindID3(file) }
    if let kind = ofBoxes(start) { return kind }
    return MP3File.isFrame(start) ? .mp3 : nil
  }

  private static func ofBoxes(_ start: [UInt8]) -> ContainerKind? {
    if start.has("ftyp", at: 4) {
      let pictures = ["avif", "avis", "heic", "heix", "mif1", "msf1", "hevc"]
      return pictures.contains { start.has($0, at: 8) } ? .avif : .mp4
    }
    // QuickTime files may begin with their content.
    let first = ["moov", "mdat", "free", "wide", "skip", "pnot"]
    return first.contains { start.has($0, at: 4) } ? .mp4 : nil
  }

  private static func behindID3(_ file: SourceFile) throws -> ContainerKind? {
    guard let end = ID3Tag.end(try file.start(10)) else { return nil }
    return try file.start(4, at: end).has("fLaC") ? .flac : .mp3
  }
}
