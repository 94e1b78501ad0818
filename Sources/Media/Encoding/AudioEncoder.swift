import CFFmpeg

/// Turns sound into the packets of one stream.
///
/// Frames may be of any length; they are cut to the size that the encoder wants, and only the last
/// is filled up with silence where the codec cannot do otherwise. Sound must go on without a gap:
/// packets are counted in samples from the first frame's time.
package struct AudioEncoder: ~Copyable {
  /// How far a frame's time may be from the count of samples: coarse time bases and clocks that
  /// drift stay below it, a gap that can be heard out of step does not.
  private static let toleratedDrift = 0.1

  private var context: EncoderContext
  private let packet: Packet
  private let queue: SampleQueue
  private let settings: AudioEncoderSettings
  /// What a muxer needs to know of the stream.
  package let parameters: CodecParameters
  /// The time of the first sample that still waits, in samples.
  private var nextTicks: Int64?
  private var isFinished = false

  /// Opens an encoder.
  ///
  /// A setting that it does not know or cannot meet is refused.
  package static func open(_ settings: AudioEncoderSettings) throws(MediaFailure) -> AudioEncoder {
    let context = try EncoderContext.make(settings.codec, kind: .audio)
    try require(settings, of: context.codec)
    context.configure(
      threads: settings.threads, hasGlobalHeader: settings.hasGlobalHeader,
      isReproducible: settings.isReproducible)
    let handle = context.handle
    handle.pointee.sample_rate = Int32(clamping: settings.form.sampleRate)
    handle.pointee.sample_fmt = settings.form.format.raw
    handle.pointee.time_base = settings.form.timebase.raw
    settings.form.layout.withRaw { _ = av_channel_layout_copy(&handle.pointee.ch_layout, $0) }
    if let bitrate = settings.bitrate { handle.pointee.bit_rate = Int64(bitrate) }
    if let depth = settings.bitDepth { handle.pointee.bits_per_raw_sample = Int32(clamping: depth) }
    try context.open(settings.options, hint: nil)
    let parameters = try CodecParameters(encoder: handle, records: StreamRecords(of: handle))
    return AudioEncoder(
      context: context, packet: try Packet(), queue: try SampleQueue.make(settings.form),
      settings: settings, parameters: parameters)
  }

  private init(
    context: consuming EncoderContext, packet: consuming Packet, queue: consuming SampleQueue,
    settings: AudioEncoderSettings, parameters: CodecParameters
  ) {
    self.context = context
    self.packet = packet
    self.queue = queue
    self.settings = settings
    self.parameters = parameters
  }

  private static func require(
    _ settings: AudioEncoderSettings, of codec: AVCodec
  ) throws(MediaFailure) {
    let form = settings.form
    guard form.layout.hasKnownOrder else {
      throw MediaFailure(
        .badMediaSetting, "it is not known which speakers \(form.layout) are for",
        hint: "say which layout it is to be taken for, \"stereo\" or \"5.1\"; it is never guessed")
    }
    func require(_ value: String, in values: [String]) throws(MediaFailure) {
      guard values.isEmpty || values.contains(value) else {
        throw MediaFailure(
          .badMediaSetting, "\(settings.codec) does not take \(value)",
          hint: "it takes " + values.joined(separator: ", "))
      }
    }
    let formats = list(codec.sample_fmts) { $0 == AV_SAMPLE_FMT_NONE }
    try require(form.format.name, in: formats.map { SampleFormat($0).name })
    let rates = list(codec.supported_samplerates) { $0 == 0 }
    try require("\(form.sampleRate) Hz", in: rates.map { "\($0) Hz" })
    let layouts = list(codec.ch_layouts) { $0.nb_channels == 0 }
    try require(form.layout.description, in: layouts.map { ChannelLayout($0).description })
  }

  /// The samples that the encoder wants in a frame; nil where any number will do.
  private var frameSize: Int? {
    let isVariable = context.codec.capabilities & AV_CODEC_CAP_VARIABLE_FRAME_SIZE != 0
    let size = Int(context.handle.pointee.frame_size)
    return isVariable || size == 0 ? nil : size
  }

  /// Encodes a frame and calls `each` with every packet that came out.
  ///
  /// The packet is filled anew for each call; keep it by `retained()`.
  package mutating func encode(
    _ frame: borrowing AudioFrame, each: (borrowing Packet) throws -> Void
  ) throws {
    precondition(!isFinished, "nothing can be encoded after finish()")
    try require(frame)
    try meet(frame.presentationTicks)
    try queue.append(frame)
    while queue.count > 0, queue.count >= frameSize ?? 1 {
      try send(min(queue.count, frameSize ?? queue.count), each)
    }
  }

  /// Encodes the samples that still wait and fetches the last packets.
  package mutating func finish(each: (borrowing Packet) throws -> Void) throws {
    guard !isFinished else { return }
    isFinished = true
    if queue.count > 0 { try send(queue.count, each) }
    try context.encode(nil, into: packet.handle) { try each(packet) }
  }

  private mutating func send(
    _ count: Int, _ each: (borrowing Packet) throws -> Void
  ) throws {
    let form = settings.form
    var frame = try AudioFrame.make(
      samples: count, format: form.format, layout: form.layout, sampleRate: form.sampleRate)
    try queue.take(into: frame)
    frame.presentationTicks = nextTicks
    nextTicks = nextTicks.map { $0 + Int64(count) }
    try context.encode(frame.handle, into: packet.handle) { try each(packet) }
  }

  private func require(_ frame: borrowing AudioFrame) throws(MediaFailure) {
    let (theirs, ours) = (frame.form, settings.form)
    let isSameLayout =
      theirs.layout == ours.layout
      || !theirs.layout.hasKnownOrder && theirs.layout.channels == ours.layout.channels
    guard theirs.sampleRate == ours.sampleRate, theirs.format == ours.format, isSameLayout else {
      throw MediaFailure(
        .badMediaSetting, "sound of \(theirs) came to \(settings.codec), opened for \(ours)",
        hint: "convert sound that changes in the middle of a stream")
    }
  }

  /// Compares a frame's time with the count of samples.
  private mutating func meet(_ ticks: Int64?) throws(MediaFailure) {
    let told = ticks.map { av_rescale_q($0, settings.timebase.raw, settings.form.timebase.raw) }
    guard let nextTicks else {
      nextTicks = told ?? 0
      return
    }
    guard let told else { return }
    let expected = nextTicks + Int64(queue.count)
    let seconds = Double(told - expected) / Double(settings.form.sampleRate)
    guard abs(seconds) <= Self.toleratedDrift else {
      throw MediaFailure(
        .mediaOutOfOrder,
        "the sound jumps by \(seconds) s at sample \(expected) before \(settings.codec)",
        hint: "fill the gap first, by the filter aresample=async=1")
    }
  }
}
