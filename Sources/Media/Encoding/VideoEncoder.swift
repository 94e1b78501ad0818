import CFFmpeg

/// Turns pictures into the packets of one video stream, or of single pictures.
///
/// A frame must be of the form the encoder was opened for, and later than the one before. Packets
/// come out in decoding order with the frames' own times, in the settings' time base.
package struct VideoEncoder: ~Copyable {
  private var context: EncoderContext
  private let packet: Packet
  private let settings: VideoEncoderSettings
  /// What a muxer needs to know of the stream.
  package let parameters: CodecParameters
  /// How long each frame is shown that is still inside, by its time; bounded by the encoder's delay.
  private var durations: [Int64: Int64] = [:]
  private var lastTicks: Int64?
  /// How many frames came.
  private var taken = 0
  private var isFinished = false

  /// Opens an encoder.
  ///
  /// A setting that it does not know or cannot meet is refused.
  package static func open(_ settings: VideoEncoderSettings) throws(MediaFailure) -> VideoEncoder {
    let context = try EncoderContext.make(settings.codec, kind: .video)
    try require(settings, of: context.codec)
    context.configure(
      threads: settings.threads, hasGlobalHeader: settings.hasGlobalHeader,
      isReproducible: settings.isReproducible)
    configure(context.handle, settings)
    try EncoderDialect.checkPresets(settings)
    let options =
      EncoderDialect(settings)?.completing(settings.options) ?? settings.options
    try context.open(options, hint: hint(settings))
    let parameters = try CodecParameters(
      encoder: context.handle, records: records(context.handle, settings))
    return VideoEncoder(
      context: context, packet: try Packet(), settings: settings, parameters: parameters)
  }

  private init(
    context: consuming EncoderContext, packet: consuming Packet, settings: VideoEncoderSettings,
    parameters: CodecParameters
  ) {
    self.context = context
    self.packet = packet
    self.settings = settings
    self.parameters = parameters
  }

  private static func require(
    _ settings: VideoEncoderSettings, of codec: AVCodec
  ) throws(MediaFailure) {
    let form = settings.form
    guard (1...32_768).contains(form.width), (1...32_768).contains(form.height) else {
      throw MediaFailure(.badMediaSetting, "a film cannot be \(form.width)x\(form.height)")
    }
    let timebase = settings.timebase
    guard timebase.numerator > 0, (1...Int(Int32.max)).contains(timebase.denominator) else {
      throw MediaFailure(.badMediaSetting, "\(timebase) is no time base")
    }
    let formats = list(codec.pix_fmts) { $0 == AV_PIX_FMT_NONE }.map { PixelFormat($0) }
    guard formats.isEmpty || formats.contains(form.format) else {
      throw MediaFailure(
        .badMediaSetting, "\(settings.codec) does not take \(form.format)",
        hint: "it takes " + formats.map(\.name).joined(separator: ", "))
    }
  }

  private static func configure(
    _ handle: UnsafeMutablePointer<AVCodecContext>, _ settings: VideoEncoderSettings
  ) {
    handle.pointee.width = Int32(settings.form.width)
    handle.pointee.height = Int32(settings.form.height)
    handle.pointee.pix_fmt = settings.form.format.raw
    handle.pointee.time_base = settings.timebase.raw
    handle.pointee.framerate = settings.frameRate?.raw ?? AVRational(num: 0, den: 1)
    handle.pointee.sample_aspect_ratio = settings.sampleAspect?.raw ?? AVRational(num: 0, den: 1)
    handle.pointee.colorspace = settings.form.colour.matrix
    handle.pointee.color_primaries = settings.form.colour.primaries
    handle.pointee.color_trc = settings.form.colour.transfer
    handle.pointee.color_range = settings.form.colour.range
    handle.pointee.chroma_sample_location = settings.form.colour.chromaLocation
    if let bitrate = settings.bitrate { handle.pointee.bit_rate = Int64(bitrate) }
    if let interval = settings.keyFrameInterval {
      handle.pointee.gop_size = Int32(clamping: interval)
    }
  }

  /// The one reason that encoders rarely name themselves.
  private static func hint(_ settings: VideoEncoderSettings) -> String? {
    let (form, shift) = (settings.form, settings.form.format.chromaShift)
    let isOdd =
      form.width % (1 << shift.horizontal) != 0 || form.height % (1 << shift.vertical) != 0
    return isOdd ? "most encoders take an odd size in 4:4:4 only, or padded to an even one" : nil
  }

  private static func records(
    _ handle: UnsafePointer<AVCodecContext>, _ settings: VideoEncoderSettings
  ) -> StreamRecords {
    var records = StreamRecords(of: handle)
    if let display = settings.masteringDisplay {
      records.set(AV_PKT_DATA_MASTERING_DISPLAY_METADATA, value: display.raw)
    }
    if let light = settings.lightLevel {
      records.set(AV_PKT_DATA_CONTENT_LIGHT_LEVEL, value: light.raw)
    }
    return records
  }

  /// Encodes a frame and calls `each` with every packet that came out.
  ///
  /// The packet is filled anew for each call; keep it by `retained()`.
  package mutating func encode(
    _ frame: borrowing VideoFrame, asKeyFrame isKeyFrame: Bool = false,
    each: (borrowing Packet) throws -> Void
  ) throws {
    precondition(!isFinished, "nothing can be encoded after finish()")
    let ticks = try require(frame)
    let copy = try frame.retained()
    copy.handle.pointee.pts = ticks
    // What the frame was in its source is no order to this encoder.
    copy.handle.pointee.pict_type = isKeyFrame ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE
    copy.handle.pointee.quality = context.handle.pointee.global_quality
    durations[ticks] = frame.durationTicks > 0 ? frame.durationTicks : usualDuration
    lastTicks = ticks
    taken += 1
    try run(copy.handle, each)
  }

  /// Fetches the packets that are still inside after the last frame.
  package mutating func finish(each: (borrowing Packet) throws -> Void) throws {
    guard !isFinished else { return }
    isFinished = true
    try run(nil, each)
  }

  private mutating func run(
    _ frame: UnsafePointer<AVFrame>?, _ each: (borrowing Packet) throws -> Void
  ) throws {
    try context.encode(frame, into: packet.handle) {
      // Encoders that reorder frames forget how long each is shown.
      let duration = packet.presentationTicks.flatMap { durations.removeValue(forKey: $0) }
      if packet.durationTicks == 0, let duration { packet.durationTicks = duration }
      // x265 counts decoding times from the third frame on; without one they are whatever lay in
      // its memory. So few frames come in the order they are shown.
      if settings.codec == "libx265", taken < 3 {
        packet.handle.pointee.dts = packet.handle.pointee.pts
      }
      try each(packet)
    }
  }

  /// How long a frame is shown that does not say so, as far as the rate tells.
  private var usualDuration: Int64 {
    guard let rate = settings.frameRate, rate.numerator > 0, rate.denominator > 0 else { return 0 }
    return av_rescale_q(1, rate.inverted.raw, settings.timebase.raw)
  }

  private func require(_ frame: borrowing VideoFrame) throws(MediaFailure) -> Int64 {
    let form = settings.form
    guard frame.width == form.width, frame.height == form.height, frame.format == form.format
    else {
      throw MediaFailure(
        .badMediaSetting, "a frame of \(frame.form) came to \(settings.codec), opened for \(form)",
        hint: "convert frames that change in the middle of a stream")
    }
    if !form.format.holdsRGB, let part = frame.colour.contradiction(with: form.colour) {
      throw MediaFailure(
        .badMediaSetting,
        "a frame is not of the colour that \(settings.codec) was opened for: \(part)")
    }
    guard let ticks = frame.presentationTicks else {
      throw MediaFailure(
        .mediaOutOfOrder, "a frame without a time came to the encoder \(settings.codec)")
    }
    if let lastTicks, ticks <= lastTicks {
      throw MediaFailure(
        .mediaOutOfOrder,
        "a frame at \(ticks) came to the encoder \(settings.codec) after one at \(lastTicks)")
    }
    return ticks
  }
}
