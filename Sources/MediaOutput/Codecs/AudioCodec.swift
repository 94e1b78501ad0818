import Media

/// How sound is encoded, by the keys that users have in their settings.
package struct AudioCodec: Sendable, Hashable, CustomStringConvertible {
  /// The key as users write it.
  package let description: String
  /// libav's encoder.
  let encoder: String
  /// The samples that the encoder takes.
  let format: SampleFormat
  let kilobits: Int?
  /// The extension of a file that holds it alone.
  package let fileExtension: String
  let muxer: String

  private init(
    _ key: String, _ encoder: String, _ format: SampleFormat, kilobits: Int? = nil,
    file fileExtension: String, muxer: String
  ) {
    description = key
    self.encoder = encoder
    self.format = format
    self.kilobits = kilobits
    self.fileExtension = fileExtension
    self.muxer = muxer
  }

  /// Plain samples of 16 bits: the default of sound alone.
  package static let wav = AudioCodec("wav", "pcm_s16le", .int16, file: "wav", muxer: "wav")

  /// The default of sound in films.
  static let aac128 = AudioCodec(
    "aac_128", "aac", .floatPlanar, kilobits: 128, file: "m4a", muxer: "ipod")
  /// The default where a film can hold nothing else.
  static let opus128 = AudioCodec(
    "opus_128", "libopus", .float, kilobits: 128, file: "opus", muxer: "opus")

  /// The codec of a key.
  package init(key: String) throws(MediaOutputFailure) {
    guard let codec = Self.fixed(key) ?? Self.numbered(key) else {
      throw MediaOutputFailure(
        .outputUnknownCodec, "there is no audio codec \"\(key)\"",
        hint: "use wav, wav_24, wav_float, flac, alac, mp3_192, aac_128, opus_128")
    }
    self = codec
  }

  /// Whether samples are kept as they are.
  var isPlain: Bool { encoder.hasPrefix("pcm_") }

  private static func fixed(_ key: String) -> AudioCodec? {
    switch key {
    case "wav", "wav_16": wav
    case "wav_24": AudioCodec(key, "pcm_s24le", .int32, file: "wav", muxer: "wav")
    case "wav_float": AudioCodec(key, "pcm_f32le", .float, file: "wav", muxer: "wav")
    case "flac": AudioCodec(key, "flac", .int16, file: "flac", muxer: "flac")
    case "alac": AudioCodec(key, "alac", .int16Planar, file: "m4a", muxer: "ipod")
    case "mp3":
      AudioCodec(key, "libmp3lame", .floatPlanar, kilobits: 192, file: "mp3", muxer: "mp3")
    default: nil
    }
  }

  private static func numbered(_ key: String) -> AudioCodec? {
    guard let bar = key.lastIndex(of: "_"), let number = Int(key[key.index(after: bar)...]) else {
      return nil
    }
    return switch (key[..<bar], number) {
    case ("mp3", 32...320):
      AudioCodec(key, "libmp3lame", .floatPlanar, kilobits: number, file: "mp3", muxer: "mp3")
    case ("aac", 16...512):
      AudioCodec(key, "aac", .floatPlanar, kilobits: number, file: "m4a", muxer: "ipod")
    case ("opus", 6...510):
      AudioCodec(key, "libopus", .float, kilobits: number, file: "opus", muxer: "opus")
    default: nil
    }
  }
}
