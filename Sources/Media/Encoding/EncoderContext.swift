import CFFmpeg
import Foundations

/// The state a video or sound encoder share: libav's context and its protocol.
///
/// libav's promise: a frame is taken unless packets wait to be fetched (EAGAIN).
struct EncoderContext: ~Copyable {
  let handle: UnsafeMutablePointer<AVCodecContext>
  let name: String

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
    return EncoderContext(handle: handle, name: name)
  }

  private init(handle: UnsafeMutablePointer<AVCodecContext>, name: String) {
    self.handle = handle
    self.name = name
  }

  deinit {
    var handle: UnsafeMutablePointer<AVCodecContext>? = handle
    avcodec_free_context(&handle)
  }

  var codec: AVCodec { handle.pointee.codec.pointee }

  /// The same for both kinds: how it works, not what it makes.
  func configure(threads: Int, hasGlobalHeader: Bool, isReproducible: Bool) {
    handle.pointee.thread_count = Int32(clamping: max(1, threads))
    if hasGlobalHeader { handle.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER }
    if isReproducible { handle.pointee.flags |= AV_CODEC_FLAG_BITEXACT }
    // Makes an encoder return what it would else only log: SVT-AV1's parameters that it lacks.
    handle.pointee.err_recognition |= AV_EF_EXPLODE
  }

  /// Opens it with its own options. One that it does not know, or given twice, is refused by name.
  func open(_ options: [(key: String, value: String)], hint: String?) throws(MediaFailure) {
    var seen: Set<String> = []
    for option in options where !seen.insert(option.key).inserted {
      throw MediaFailure(.badMediaSetting, "the option \(option.key) of \(name) is given twice")
    }
    var dictionary = OptionDictionary(options)
    let status = LibAV.call { dictionary.withHandle { avcodec_open2(handle, nil, $0) } }
    let log = String(cString: mediary_libav_log())
    guard status >= 0 else {
      throw MediaFailure(libav: status, "open the encoder", name, code: code(status), hint: hint)
    }
    if let unknown = dictionary.keys.first {
      throw MediaFailure(.badMediaSetting, "the encoder \(name) has no option \(unknown)")
    }
    if let line = Self.refusal(in: log) {
      throw MediaFailure(.badMediaSetting, "the encoder refused one of its parameters: \(line)")
    }
  }

  /// What opening fails of is the settings, but for a lack of memory or of a device.
  private func code(_ status: Int32) -> FailureCode {
    if status == mediary_averror_no_memory { return .mediaOutOfMemory }
    let needsDevice = codec.capabilities & (AV_CODEC_CAP_HARDWARE | AV_CODEC_CAP_HYBRID) != 0
    return needsDevice ? .noEncoder : .badMediaSetting
  }

  /// A line that says that a parameter inside an option ("x264-params") was passed over: libav logs
  /// it and goes on. What an encoder takes and does not heed is beyond us.
  private static func refusal(in log: String) -> Substring? {
    let signs = ["Error parsing option", "Unknown option", "Invalid value for"]
    return log.split(separator: "\n").first { line in signs.contains { line.contains($0) } }
  }

  /// Hands a frame over, or nil to say that there are no more, and fetches what comes out.
  func encode(
    _ frame: UnsafePointer<AVFrame>?, into packet: UnsafeMutablePointer<AVPacket>,
    each: () throws -> Void
  ) throws {
    var isTaken = false
    while !isTaken {
      let status = LibAV.call { avcodec_send_frame(handle, frame) }
      isTaken = status != mediary_averror_again
      guard status >= 0 || !isTaken else { throw failure(status) }
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
