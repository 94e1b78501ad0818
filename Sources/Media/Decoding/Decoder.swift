import CFFmpeg

/// How many threads a decoder may use.
///
/// Set on purpose: libav's own choice is one a core, for every decoder that is open.
package struct DecodingThreads: Sendable {
  /// How many.
  package let count: Int

  /// On the calling thread alone.
  package static let one = DecodingThreads(count: 1)

  /// So many threads, frames or slices side by side as the codec allows.
  package init(count: Int) { self.count = max(1, count) }
}

/// The state a video or sound decoder share: libav's context and its protocol.
///
/// libav's promise: a packet is taken unless frames wait to be fetched (EAGAIN).
struct DecoderContext: ~Copyable {
  let handle: UnsafeMutablePointer<AVCodecContext>
  let name: String

  static func open(
    _ parameters: CodecParameters, kind: StreamKind, threads: DecodingThreads
  ) throws(MediaFailure) -> DecoderContext {
    try LibAV.load(.core)
    guard parameters.kind == kind else {
      throw MediaFailure(.noStream, "a \(parameters.kind) stream cannot be decoded as \(kind)")
    }
    guard let codec = avcodec_find_decoder(parameters.handle.pointee.codec_id) else {
      throw MediaFailure(
        .noDecoder, "there is no decoder for \(parameters.codec)",
        hint: "`mediary doctor` lists the decoders")
    }
    guard let context = avcodec_alloc_context3(codec) else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for the \(parameters.codec) decoder")
    }
    let decoder = DecoderContext(handle: context, name: String(cString: codec.pointee.name))
    let status = LibAV.call {
      let status = avcodec_parameters_to_context(context, parameters.handle)
      guard status >= 0 else { return status }
      context.pointee.pkt_timebase = parameters.timebase.raw
      context.pointee.thread_count = Int32(clamping: threads.count)
      return avcodec_open2(context, codec, nil)
    }
    guard status >= 0 else {
      throw MediaFailure(libav: status, "open the decoder", decoder.name)
    }
    return decoder
  }

  private init(handle: UnsafeMutablePointer<AVCodecContext>, name: String) {
    self.handle = handle
    self.name = name
  }

  deinit {
    var handle: UnsafeMutablePointer<AVCodecContext>? = handle
    avcodec_free_context(&handle)
  }

  /// Hands a packet over, or nil to say that there are no more, and fetches what comes out.
  ///
  /// Frames may still wait from before, if the last call ended by an error: they come first.
  func decode(
    _ packet: UnsafePointer<AVPacket>?, into frame: UnsafeMutablePointer<AVFrame>,
    each: () throws -> Void
  ) throws {
    var isTaken = false
    while !isTaken {
      let status = LibAV.call { avcodec_send_packet(handle, packet) }
      isTaken = status != mediary_averror_again
      precondition(
        packet == nil || status != mediary_averror_eof,
        "after finish() a decoder goes on only once it is flushed")
      guard status >= 0 || status == mediary_averror_eof || !isTaken else {
        throw MediaFailure(libav: status, "decode", name)
      }
      while try receive(frame) { try each() }
    }
  }

  /// Fetches a frame; false when more packets are wanted, or at the end.
  private func receive(_ frame: UnsafeMutablePointer<AVFrame>) throws(MediaFailure) -> Bool {
    let status = LibAV.call { avcodec_receive_frame(handle, frame) }
    if status == mediary_averror_again || status == mediary_averror_eof { return false }
    guard status >= 0 else { throw MediaFailure(libav: status, "decode", name) }
    return true
  }

  /// Forgets what it holds, as after a seek.
  func flush() { avcodec_flush_buffers(handle) }
}

/// Turns the packets of one video stream into pictures.
///
/// A packet that cannot be decoded throws; the decoder stays usable, and whoever would rather have
/// a gap than an end goes on with the next packet.
package struct VideoDecoder: ~Copyable {
  private let context: DecoderContext
  private let frame: VideoFrame

  /// Opens the decoder of a stream.
  package static func open(
    _ parameters: CodecParameters, threads: DecodingThreads = .one
  ) throws(MediaFailure) -> VideoDecoder {
    let context = try DecoderContext.open(parameters, kind: .video, threads: threads)
    return VideoDecoder(context: context, frame: try VideoFrame())
  }

  private init(context: consuming DecoderContext, frame: consuming VideoFrame) {
    self.context = context
    self.frame = frame
  }

  /// libav's name of the decoder: "h264", "libdav1d".
  package var name: String { context.name }

  /// Decodes a packet and calls `each` with every frame that came out, in the order they are shown.
  ///
  /// The frame is filled anew for each call; keep it by `retained()`.
  package func decode(
    _ packet: borrowing Packet, each: (borrowing VideoFrame) throws -> Void
  ) throws {
    try context.decode(packet.handle, into: frame.handle) {
      try frame.straighten()
      try each(frame)
    }
  }

  /// Fetches the frames that are still inside after the last packet.
  package func finish(each: (borrowing VideoFrame) throws -> Void) throws {
    try context.decode(nil, into: frame.handle) {
      try frame.straighten()
      try each(frame)
    }
  }

  /// Forgets what is inside, after a seek or after `finish`.
  package func flush() { context.flush() }
}

/// Turns the packets of one sound stream into samples.
///
/// What holds for `VideoDecoder` holds here.
package struct AudioDecoder: ~Copyable {
  private let context: DecoderContext
  private let frame: AudioFrame

  /// Opens the decoder of a stream.
  package static func open(
    _ parameters: CodecParameters, threads: DecodingThreads = .one
  ) throws(MediaFailure) -> AudioDecoder {
    let context = try DecoderContext.open(parameters, kind: .audio, threads: threads)
    return AudioDecoder(context: context, frame: try AudioFrame())
  }

  private init(context: consuming DecoderContext, frame: consuming AudioFrame) {
    self.context = context
    self.frame = frame
  }

  /// libav's name of the decoder.
  package var name: String { context.name }

  /// Decodes a packet and calls `each` with the samples that came out.
  package func decode(
    _ packet: borrowing Packet, each: (borrowing AudioFrame) throws -> Void
  ) throws {
    try context.decode(packet.handle, into: frame.handle) { try each(frame) }
  }

  /// Fetches the samples that are still inside after the last packet.
  package func finish(each: (borrowing AudioFrame) throws -> Void) throws {
    try context.decode(nil, into: frame.handle) { try each(frame) }
  }

  /// Forgets what is inside, after a seek or after `finish`.
  package func flush() { context.flush() }
}
