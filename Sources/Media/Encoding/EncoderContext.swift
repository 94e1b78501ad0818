import CFFmpeg
import Foundations

/// The state a video or sound encoder share: libav's context and its protocol.
///
/// libav's promise: a frame is taken unless packets wait to be fetched (EAGAIN).
struct EncoderContext: ~Copyable {
  let handle: UnsafeMutablePointer<AVCodecContext>
  let name: String
  /// What libav tells of the encoder; the context forgets it when opening fails.
  let codec: AVCodec
  private var hasFrames = false

  /// Finds an encoder and makes a context for it that is not open yet.
  static func make(_ name: String, kind: StreamKind) throws(MediaFailure) -> EncoderContext {
    try LibAV.load(.core)
    guard let codec = avcodec_find_encoder_by_name(name) else {
      throw MediaFailure(
        .noEncoder, "there is no encoder \(name)", hint: "`mediary doctor` lists the encoders")
    }
    guard StreamKind(codec.pointee.type) == kind else {
      throw MediaFailure(
        .badMediaSetting, "\(name) encodes \(StreamKind(codec.pointee.type)), not \(kind)")
    }
    guard let handle = avcodec_alloc_context3(codec) else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for the encoder \(name)")
    }
    return EncoderContext(handle: handle, name: name, codec: codec.pointee)
  }

  private init(handle: UnsafeMutablePointer<AVCodecContext>, name: String, codec: AVCodec) {
    self.handle = handle
    self.name = name
    self.codec = codec
  }

  deinit {
    feedBeforeClosing()
    var handle: UnsafeMutablePointer<AVCodecContext>? = handle
    avcodec_free_context(&handle)
  }

  /// SVT-AV1 1.4 waits for ever when it is closed, or told of the end, before its first frame.
  private func feedBeforeClosing() {
    guard name == "libsvtav1", !hasFrames, avcodec_is_open(handle) > 0 else { return }
    let frame = try? VideoFrame.make(
      width: Int(handle.pointee.width), height: Int(handle.pointee.height),
      format: PixelFormat(handle.pointee.pix_fmt), colour: .unspecified)
    guard let frame else { return }
    frame.handle.pointee.pts = 0
    avcodec_send_frame(handle, frame.handle)
  }

  /// The same for both kinds: how it works, not what it makes.
  func configure(threads: Int, hasGlobalHeader: Bool, isReproducible: Bool) {
    handle.pointee.thread_count = Int32(clamping: max(1, threads))
    if hasGlobalHeader { handle.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER }
    if isReproducible { handle.pointee.flags |= AV_CODEC_FLAG_BITEXACT }
    // Makes an encoder return what it would else only log: SVT-AV1's parameters that it lacks.
    handle.pointee.err_recognition |= AV_EF_EXPLODE
  }

  /// Opens it with its own options.
  ///
  /// One that it does not know, or given twice, is refused by name.
  func open(_ options: [(key: String, value: String)], hint: String?) throws(MediaFailure) {
    var seen: Set<String> = []
    for option in options where !seen.insert(option.key).inserted {
      throw MediaFailure(.badMediaSetting, "the option \(option.key) of \(name) is given twice")
    }
    var dictionary = OptionDictionary(options)
    let status = LibAV.call { dictionary.withHandle { avcodec_open2(handle, nil, $0) } }
    let log = String(cString: mediary_libav_log())
    // Looked at first: what fails after it is called "generic error" or the like.
    if let line = Self.refusal(in: log) {
      throw MediaFailure(.badMediaSetting, "the encoder refused one of its parameters: \(line)")
    }
    guard status >= 0 else {
      throw MediaFailure(libav: status, "open the encoder", name, code: code(status), hint: hint)
    }
    if let unknown = dictionary.keys.first {
      throw MediaFailure(.badMediaSetting, "the encoder \(name) has no option \(unknown)")
    }
  }

  /// What opening fails of is the settings, but for a lack of memory or of a device.
  private func code(_ status: Int32) -> FailureCode {
    if status == mediary_averror_no_memory { return .mediaOutOfMemory }
    let needsDevice = codec.capabilities & (AV_CODEC_CAP_HARDWARE | AV_CODEC_CAP_HYBRID) != 0
    return needsDevice ? .noEncoder : .badMediaSetting
  }

  /// A line that says that a parameter inside an option ("x264-params") was passed over: libav logs
  /// it and goes on.
  ///
  /// What an encoder takes and does not heed is beyond us.
  private static func refusal(in log: String) -> Substring? {
    let signs = ["Error parsing option", "Unknown option", "Invalid value for"]
    return log.split(separator: "\n").first { line in signs.contains { line.contains($0) } }
  }

  /// Hands a frame over, or nil to say that there are no more, and fetches what comes out.
  mutating func encode(
    _ frame: UnsafePointer<AVFrame>?, into packet: UnsafeMutablePointer<AVPacket>,
    each: () throws -> Void
  ) throws {
    // Of no frames there are no packets; see `feedBeforeClosing()`.
    guard frame != nil || hasFrames else { return }
    var isTaken = false
    while !isTaken {
      let status = LibAV.call { avcodec_send_frame(handle, frame) }
      isTaken = status != mediary_averror_again
      guard status >= 0 || !isTaken else { throw failure(status) }
      hasFrames = hasFrames || isTaken
      while try receive(packet) { try each() }
    }
  }

  /// Fetches a packet; false when more frames are wanted, or at the end.
  private func receive(_ packet: UnsafeMutablePointer<AVPacket>) throws(MediaFailure) -> Bool {
    let status = LibAV.call { avcodec_receive_packet(handle, packet) }
    if status == mediary_averror_again || status == mediary_averror_eof { return false }
    guard status >= 0 else { throw failure(status) }
    return true
  }

  private func failure(_ status: Int32) -> MediaFailure {
    let isMemory = status == mediary_averror_no_memory
    return MediaFailure(
      libav: status, "encode with", name, code: isMemory ? .mediaOutOfMemory : .encodingFailed)
  }
}

/// The values of one of libav's lists that end with a sign.
func list<Element>(
  _ start: UnsafePointer<Element>?, until isEnd: (Element) -> Bool
) -> [Element] {
  guard let start else { return [] }
  var values: [Element] = []
  while !isEnd(start[values.count]) { values.append(start[values.count]) }
  return values
}
