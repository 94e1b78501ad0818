import Foundations
import Media

/// Sound on its way into a file: resampled to what a codec takes, and encoded.
struct SoundTrack: ~Copyable {
  private let source: any SoundSource
  private var resampler: Resampler
  private var encoder: AudioEncoder
  private let stop: StopFlag
  private var isAtEnd = false
  /// How many samples were taken from the source.
  private(set) var samples = 0
  /// What comes out.
  let form: SoundForm

  private init(
    source: any SoundSource, resampler: consuming Resampler, encoder: consuming AudioEncoder,
    form: SoundForm, stop: StopFlag
  ) {
    self.source = source
    self.resampler = resampler
    self.encoder = encoder
    self.form = form
    self.stop = stop
  }

  /// Prepares to encode a source.
  static func open(
    _ source: any SoundSource, as codec: AudioCodec, stop: StopFlag
  ) throws -> SoundTrack {
    // Opus knows few rates, of which the highest loses nothing.
    let rate = codec.encoder == "libopus" ? 48_000 : source.form.sampleRate
    let form = SoundForm(sampleRate: rate, format: codec.format, layout: source.form.layout)
    var settings = AudioEncoderSettings(codec: codec.encoder, form: form)
    settings.bitrate = codec.kilobits.map { $0 * 1_000 }
    return SoundTrack(
      source: source, resampler: try Resampler.make(from: source.form, to: form),
      encoder: try AudioEncoder.open(settings), form: form, stop: stop)
  }

  /// Makes it a stream of a file.
  func add(to muxer: inout Muxer) throws -> Int { try muxer.addStream(encoder.parameters) }

  /// Encodes until so many seconds are taken in, or to the end without a number.
  mutating func encode(
    until seconds: Double?, each: (borrowing Packet) throws -> Void
  ) throws {
    let rate = source.form.sampleRate
    while !isAtEnd, seconds.map({ Double(samples) / Double(rate) < $0 }) ?? true {
      try stop.check()
      guard var frame = try source.next() else {
        isAtEnd = true
        if let rest = try resampler.finish() { try encoder.encode(rest, each: each) }
        return try encoder.finish(each: each)
      }
      frame.presentationTicks = Int64(samples)
      samples += frame.samples
      if let ready = try resampler.convert(frame) { try encoder.encode(ready, each: each) }
    }
  }
}
