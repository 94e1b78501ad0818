import Media

/// As what sort of file a stream stands by itself.
struct ExtractedForm: Sendable {
  /// What goes into the file.
  enum Treatment: Sendable {
    case copy
    case text(SubtitleConversion)
  }

  /// The end of its name.
  let suffix: String
  let container: Container
  let treatment: Treatment
  /// Whether the file says when the stream begins; else it begins at nothing.
  let keepsStart: Bool
  /// Something that is lost.
  let loss: String?

  private init(
    _ suffix: String, _ container: Container, _ treatment: Treatment = .copy, keepsStart: Bool,
    loss: String? = nil
  ) {
    self.suffix = suffix
    self.container = container
    self.treatment = treatment
    self.keepsStart = keepsStart
    self.loss = loss
  }

  /// The files that codecs of sound are at home in, with libav's names of their formats.
  private static let sounds: [String: (suffix: String, format: String)] = [
    "opus": ("opus", "opus"), "vorbis": ("ogg", "ogg"), "speex": ("spx", "spx"),
    "flac": ("flac", "flac"), "aac": ("m4a", "ipod"), "alac": ("m4a", "ipod"),
    "ac3": ("ac3", "ac3"), "eac3": ("eac3", "eac3"), "dts": ("dts", "dts"),
    "truehd": ("thd", "truehd"), "mlp": ("mlp", "mlp"), "mp3": ("mp3", "mp3"),
    "mp2": ("mp2", "mp2"), "wavpack": ("wv", "wv"), "tta": ("tta", "tta"),
  ]

  private static let subtitles: [String: (suffix: String, format: String)] = [
    "subrip": ("srt", "srt"), "ass": ("ass", "ass"), "webvtt": ("vtt", "webvtt"),
    "hdmv_pgs_subtitle": ("sup", "sup"),
  ]

  /// Containers that say when their stream begins.
  private static let timed: Set<String> = [
    "matroska", "ipod", "mp4", "srt", "ass", "webvtt", "sup",
  ]

  /// The form of a stream with packets; nil where no container holds it.
  static func of(_ stream: StreamDescription) -> ExtractedForm? {
    switch stream.kind {
    case .video: film(stream)
    case .audio: sound(stream.codec)
    case .subtitle: subtitle(stream.codec)
    case .data, .attachment, .unknown: nil
    }
  }

  private static func film(_ stream: StreamDescription) -> ExtractedForm? {
    let isUpright = (stream.video?.orientation ?? .upright) == .upright
    if !isUpright, let turned = named("mp4", "mp4", stream.codec) { return turned }
    guard let plain = named("mkv", "matroska", stream.codec) ?? named("mov", "mov", stream.codec)
    else { return nil }
    guard !isUpright else { return plain }
    return ExtractedForm(
      plain.suffix, plain.container, keepsStart: plain.keepsStart,
      loss: "that it is to be turned, which \(plain.suffix) cannot hold")
  }

  private static func sound(_ codec: String) -> ExtractedForm? {
    if let (suffix, format) = sounds[codec], let form = named(suffix, format, codec) {
      return form
    }
    if codec.hasPrefix("pcm_"), let form = named("wav", "wav", codec) { return form }
    return named("mka", "matroska", codec)
  }

  private static func subtitle(_ codec: String) -> ExtractedForm? {
    if let (suffix, format) = subtitles[codec], let form = named(suffix, format, codec) {
      return form
    }
    if let conversion = SubtitleConversion(from: codec, into: .mkv), conversion.codec == "subrip",
      let container = Container(named: "srt")
    {
      return ExtractedForm("srt", container, .text(conversion), keepsStart: true)
    }
    return named("mks", "matroska", codec)
  }

  private static func named(_ suffix: String, _ format: String, _ codec: String) -> ExtractedForm? {
    guard let container = Container(named: format), container.canHold(codec: codec) != false
    else { return nil }
    return ExtractedForm(suffix, container, keepsStart: timed.contains(format))
  }

  /// Settings of libav's muxer: times stay what they are.
  func settings(start: Double) -> [(key: String, value: String)] {
    guard container.name == "matroska" else { return [] }
    let mode = [(key: "default_mode", value: "passthrough")]
    // Decoding begins before the first picture is shown, which Matroska does not tell anyway.
    return start >= 0 ? mode + [("avoid_negative_ts", "disabled")] : mode
  }
}
