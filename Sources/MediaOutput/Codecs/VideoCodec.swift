/// How a film is encoded, by the keys that users have in their settings.
package struct VideoCodec: Sendable, Hashable, CustomStringConvertible {
  /// What is behind a key.
  package enum Family: Sendable, Hashable {
    case h264(crf: Int)
    case h265(crf: Int)
    /// FFV1 in Matroska, else H.264 4:4:4 without loss.
    case lossless
    case prores, dnxhr
    case hdr(crf: Int)
    case av1(crf: Int)
    case vp9(crf: Int)
    case webp, gif, apng
  }

  /// The key as users write it.
  package let description: String
  package let family: Family

  /// H.264 at a quality without visible loss: the default.
  package static let standard = VideoCodec(description: "libx264_8", family: .h264(crf: 10))

  private init(description: String, family: Family) {
    self.description = description
    self.family = family
  }

  /// The codec of a key.
  ///
  /// The number of `libx264_N` is imageio's quality from 0 to 10 for 8 and 10, which is how the keys
  /// came about; that of all others is the encoder's CRF.
  package init(key: String) throws(MediaOutputFailure) {
    guard let family = Self.fixed[key] ?? Self.numbered(key) else {
      throw MediaOutputFailure(
        .outputUnknownCodec, "there is no video codec \"\(key)\"",
        hint: "use \(Self.examples.joined(separator: ", "))")
    }
    self.init(description: key, family: family)
  }

  /// The keys there are, with an example for those that take a number.
  package static let examples = [
    "libx264_8", "libx264_10", "libx265_28", "libx265_8", "libx264_lossless", "prores_422",
    "dnxhr_hq", "hdr_18", "av1_30", "vp9_30", "webp", "gif", "apng",
  ]

  private static let fixed: [String: Family] = [
    "libx264_8": .h264(crf: 10), "libx264_10": .h264(crf: 0), "libx264_lossless": .lossless,
    "prores_422": .prores, "dnxhr_hq": .dnxhr, "webp": .webp, "gif": .gif, "apng": .apng,
    "hdr": .hdr(crf: 18),
  ]

  private static func numbered(_ key: String) -> Family? {
    guard let bar = key.lastIndex(of: "_"), let number = Int(key[key.index(after: bar)...]) else {
      return nil
    }
    return switch (key[..<bar], number) {
    case ("libx265", 0...51): .h265(crf: number)
    case ("hdr", 0...51): .hdr(crf: number)
    case ("av1", 0...63): .av1(crf: number)
    case ("vp9", 0...63): .vp9(crf: number)
    default: nil
    }
  }

  /// The containers that hold it, the best first.
  package var containers: [FilmContainer] {
    switch family {
    case .h264, .h265, .lossless, .hdr: [.mp4, .mov, .mkv]
    case .prores, .dnxhr: [.mov, .mkv]
    case .av1, .vp9: [.mp4, .mkv, .webm]
    case .webp: [.webp]
    case .gif: [.gif]
    case .apng: [.apng]
    }
  }

  /// Whether it keeps an alpha channel.
  package var holdsAlpha: Bool {
    switch family {
    case .webp, .apng: true
    default: false
    }
  }
}

/// What a film is kept in, by the extension of its name.
package enum FilmContainer: String, Sendable, CaseIterable {
  case mp4, mov, mkv, webm, webp, gif, apng

  /// libav's name of it.
  var muxer: String { self == .mkv ? "matroska" : rawValue }

  /// The container of a key or an extension, in whatever case.
  package init(key: String) throws(MediaOutputFailure) {
    guard let container = FilmContainer(rawValue: key.lowercased()) else {
      throw MediaOutputFailure(
        .outputUnknownCodec, "Unsupported video container: \(key).",
        hint: "use \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self = container
  }

  /// What sound gets in it where nobody said how; nil where it holds none.
  var usualSound: AudioCodec? {
    switch self {
    case .mp4, .mov, .mkv: .aac128
    case .webm: .opus128
    case .webp, .gif, .apng: nil
    }
  }

  /// Whether it can hold sound of a codec, and players of it play that.
  func holds(_ sound: AudioCodec) -> Bool {
    switch self {
    case .mp4: ["aac", "alac", "libmp3lame", "libopus"].contains(sound.encoder)
    case .mov: ["aac", "alac", "libmp3lame"].contains(sound.encoder) || sound.isPlain
    case .mkv: true
    case .webm: sound.encoder == "libopus"
    case .webp, .gif, .apng: false
    }
  }
}
