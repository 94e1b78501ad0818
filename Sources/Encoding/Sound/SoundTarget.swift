package import Media

/// What a sound track is encoded into.
package struct SoundTarget: Sendable, Hashable {
  package let codec: Codec
  /// The samples that the encoder takes.
  package let form: SoundForm
  /// Bits a second.
  package let bitrate: Int

  /// A codec of sound.
  package enum Codec: String, Sendable {
    case opus
    case aac

    /// libav's name of it.
    package var name: String { rawValue }
    var encoder: String { self == .opus ? "libopus" : "aac" }
  }

  /// What a track of the source becomes.
  init(for stream: StreamDescription, as codec: Codec) throws(EncodingFailure) {
    guard let audio = stream.audio, audio.layout.channels > 0 else {
      throw EncodingFailure(
        .encodingCannotHold, "\(stream.saying) does not say how many channels it has",
        hint: "leave it out by --audio-tracks, or take it over by --audio copy")
    }
    guard let layout = SoundLayouts.target(for: audio.layout, in: codec) else {
      throw EncodingFailure(
        .encodingCannotHold,
        "\(codec.name) has no place for the channels of \(stream.saying), \(audio.layout)",
        hint: "--audio copy takes it over as it is")
    }
    self.codec = codec
    let rate = codec == .opus ? 48_000 : Self.rate(ofAAC: audio.sampleRate)
    form = SoundForm(
      sampleRate: rate, format: codec == .opus ? .float : .floatPlanar, layout: layout)
    bitrate = Self.bitrate(codec, channels: layout.channels)
  }

  private static func bitrate(_ codec: Codec, channels: Int) -> Int {
    switch (codec, channels) {
    case (.opus, 1): 64_000
    case (.opus, 2): 128_000
    case (.opus, 6): 256_000
    case (.opus, 8): 384_000
    case (.opus, _): 48_000 * channels
    case (.aac, 1): 96_000
    case (.aac, 2): 160_000
    case (.aac, _): 64_000 * channels
    }
  }

  private static let ratesOfAAC = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
  ]

  /// The rate itself, or the next higher one that AAC has.
  private static func rate(ofAAC rate: Int) -> Int {
    ratesOfAAC.last { $0 >= rate } ?? 96_000
  }

  private static let lossless: Set<String> = [
    "flac", "alac", "truehd", "mlp", "wavpack", "tta", "ape", "mp4als", "shorten",
  ]

  /// Whether a track holds the very samples that were recorded.
  static func isLossless(_ stream: StreamDescription) -> Bool {
    lossless.contains(stream.codec) || stream.codec.hasPrefix("pcm_")
      || stream.codec == "dts" && stream.profile == "DTS-HD MA"
  }
}
