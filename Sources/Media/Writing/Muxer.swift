import CFFmpeg
package import Foundations

/// A container put together: streams, chapters, attachments and tags, then packets, then the end.
///
/// One owner, one output. `finish()` makes the file whole; letting go of a muxer that was started
/// and neither finished nor abandoned is a mistake of the program's. Raising its stop flag ends any
/// call soon with `stopped`. What a failed or abandoned muxer wrote is the caller's to remove.
package struct Muxer: ~Copyable {
  enum State { case collecting, started, finished, failed, abandoned }

  /// What is remembered of a stream.
  struct Stream {
    let timebase: Rational
    let place: StreamPlace
    var lastDecodingTicks: Int64?
  }

  /// Where a stream's packets go.
  enum StreamPlace {
    /// Among the others', in order of time.
    case timed
    /// To the file's cover picture, which has no time.
    case cover
    /// Nowhere: an attachment has its bytes already.
    case embedded
  }

  let handle: UnsafeMutablePointer<AVFormatContext>
  // libav holds an unretained pointer to it.
  private let io: WritingIO
  private let stop: StopFlag
  private let options: MuxerOptions
  private let canReadBack: Bool
  private let outgoing: Packet
  let name: String
  /// What is written.
  package let container: Container
  var state = State.collecting
  var streams: [Stream] = []

  /// Prepares to write; a file is created now, empty.
  package static func make(
    _ target: MediaTarget, options: MuxerOptions = MuxerOptions(), stop: StopFlag = StopFlag()
  ) throws(MediaFailure) -> Muxer {
    try LibAV.load(.core)
    let container = try container(target, options)
    let outgoing = try Packet()
    let sink = try sink(target)
    let io = try WritingIO(sink, stop: stop)
    var made: UnsafeMutablePointer<AVFormatContext>?
    let status = LibAV.call {
      // Not the real name: nothing in it but the extension is for a format to know.
      avformat_alloc_output_context2(
        &made, container.format, nil, FormatDetector.neutralName(target.name))
    }
    guard status >= 0, let handle = made else {
      throw MediaFailure(libav: status, "write", target.name)
    }
    io.attach(to: handle)
    // Rotation in 3D, Dolby Vision and the like in MP4 count as not quite standard; to lose them
    // in silence is worse.
    handle.pointee.strict_std_compliance = FF_COMPLIANCE_UNOFFICIAL
    if options.isReproducible { handle.pointee.flags |= AVFMT_FLAG_BITEXACT }
    set(options.tags, on: &handle.pointee.metadata)
    return Muxer(
      handle: handle, io: io, stop: stop, options: options, canReadBack: sink.canRead,
      outgoing: outgoing, name: target.name, container: container)
  }

  private static func container(
    _ target: MediaTarget, _ options: MuxerOptions
  ) throws(MediaFailure) -> Container {
    guard let container = options.container ?? Container(extensionOf: target.name) else {
      throw MediaFailure(
        .badMediaSetting, "the name \(target.name) does not tell which container to write",
        hint: "end it in .mp4, .mkv or the like, or name the container")
    }
    guard !container.opensFilesItself else {
      throw MediaFailure(
        .badMediaSetting, "\(container.name) writes files of its own choosing, which is refused")
    }
    return container
  }

  private static func sink(_ target: MediaTarget) throws(MediaFailure) -> any ByteSink {
    switch target {
    case .bytes(let sink): return sink
    case .file(let path):
      do { return try FileByteSink(creating: path) } catch {
        throw MediaFailure(error.code, error.message, hint: error.hint, cause: error)
      }
    }
  }

  private init(
    handle: UnsafeMutablePointer<AVFormatContext>, io: WritingIO, stop: StopFlag,
    options: MuxerOptions, canReadBack: Bool, outgoing: consuming Packet, name: String,
    container: Container
  ) {
    self.handle = handle
    self.io = io
    self.stop = stop
    self.options = options
    self.canReadBack = canReadBack
    self.outgoing = outgoing
    self.name = name
    self.container = container
  }

  deinit {
    assert(state != .started, "finish() or abandon() a muxer: \(name)")
    avformat_free_context(handle)
  }

  /// Puts texts into one of libav's dictionaries; a name may come twice.
  static func set(_ tags: Tags, on dictionary: inout OpaquePointer?) {
    for entry in tags.entries {
      av_dict_set(&dictionary, entry.name, entry.value, AV_DICT_MULTIKEY)
    }
  }

  /// Checks everything and writes the header; no stream, chapter or attachment can follow.
  package mutating func start() throws(MediaFailure) {
    precondition(state == .collecting, "a muxer is started once")
    do throws(MediaFailure) {
      try checkSettings()
      var settings = OptionDictionary(options.settings)
      let status = LibAV.call { settings.withHandle { avformat_init_output(handle, $0) } }
      guard status >= 0 else { throw failure(status, "begin", code: .badMediaSetting) }
      if let unknown = settings.keys.first {
        throw MediaFailure(
          .badMediaSetting, "the \(container.name) muxer has no setting \(unknown)")
      }
      let written = LibAV.call { avformat_write_header(handle, nil) }
      guard written >= 0 else { throw failure(written, "begin", code: .badMediaSetting) }
      try checkOutput("begin")
    } catch {
      state = .failed
      throw error
    }
    state = .started
  }

  private func checkSettings() throws(MediaFailure) {
    guard !streams.isEmpty else {
      throw MediaFailure(.noStream, "\(name) would be a file without streams")
    }
    let moves = options.settings.contains { setting in
      setting.key == "movflags" && setting.value.contains("faststart")
        || setting.key == "cues_to_front" && setting.value != "0"
    }
    guard !moves || canReadBack else {
      throw MediaFailure(
        .badMediaSetting, "\(name) cannot be read back, as moving its index to the front needs",
        hint: "write to a file that is open for reading too")
    }
  }

  /// What the container counts a stream's times in, once started.
  package func timebase(ofStream index: Int) -> Rational {
    guard let stream = handle.pointee.streams[index] else {
      preconditionFailure("no stream \(index)")
    }
    return Rational(stream.pointee.time_base)
  }

  /// Writes a packet; its times count in the time base of the stream's parameters.
  ///
  /// Packets of several streams may come in any order; they are put in order of time, for which the
  /// muxer holds some back. Those of one stream must come in decoding order.
  package mutating func write(
    _ packet: borrowing Packet, stream index: Int
  ) throws(MediaFailure) {
    precondition(state == .started, "a muxer writes between start() and finish()")
    precondition(streams.indices.contains(index), "there is no stream \(index)")
    guard streams[index].place != .embedded else { return }
    do throws(MediaFailure) {
      try stop.mediaCheck(name, "writing")
      let status = LibAV.call { av_packet_ref(outgoing.handle, packet.handle) }
      guard status >= 0 else { throw failure(status, "write to") }
      outgoing.streamIndex = index
      outgoing.rescale(from: streams[index].timebase, to: timebase(ofStream: index))
      switch streams[index].place {
      case .cover: (outgoing.presentationTicks, outgoing.decodingTicks) = (0, 0)
      case .timed, .embedded: try checkTimes(index)
      }
      let written = LibAV.call { av_interleaved_write_frame(handle, outgoing.handle) }
      guard written >= 0 else { throw failure(written, "write to") }
    } catch {
      outgoing.clear()
      state = .failed
      throw error
    }
  }

  /// libav would say "Invalid argument" to most of this.
  private mutating func checkTimes(_ index: Int) throws(MediaFailure) {
    // A packet without bytes carries only side data: the end of FLAC corrects its header so.
    guard outgoing.size > 0, !container.hasNoTimes else { return }
    let (shown, decoded) = (outgoing.presentationTicks, outgoing.decodingTicks)
    guard shown != nil || decoded != nil else {
      throw MediaFailure(.mediaOutOfOrder, "a packet of stream \(index) of \(name) has no time")
    }
    guard let decoded else { return }
    if let shown, shown < decoded {
      throw MediaFailure(
        .mediaOutOfOrder,
        "a packet of stream \(index) of \(name) is shown at \(shown), before it is decoded at"
          + " \(decoded)")
    }
    if let last = streams[index].lastDecodingTicks,
      decoded < last || decoded == last && !container.allowsEqualTimes
    {
      throw MediaFailure(
        .mediaOutOfOrder,
        "a packet of stream \(index) of \(name) is decoded at \(decoded), after one at \(last)"
          + " (in \(timebase(ofStream: index)) s)")
    }
    streams[index].lastDecodingTicks = decoded
  }

  /// Writes what is held back and the index: the file is whole.
  ///
  /// Returns its size in bytes.
  @discardableResult
  package mutating func finish() throws(MediaFailure) -> Int64 {
    precondition(state == .started, "a muxer is finished once, after start()")
    state = .failed
    try stop.mediaCheck(name, "writing")
    let status = LibAV.call { av_write_trailer(handle) }
    avio_flush(io.context)
    guard status >= 0 else { throw failure(status, "finish") }
    try checkOutput("finish")
    state = .finished
    return io.byteCount
  }

  /// Gives up: what was written so far stays as it is, not a whole file.
  package mutating func abandon() {
    if state != .finished { state = .abandoned }
  }

  /// Whether the output took everything; libav tells of an error later, or never.
  private func checkOutput(_ operation: String) throws(MediaFailure) {
    let status = io.context.pointee.error
    if status < 0 || io.failure != nil { throw failure(status, operation) }
  }

  func failure(_ status: Int32, _ operation: String, code: FailureCode? = nil) -> MediaFailure {
    if let reason = stop.reason {
      let stopped = StoppedFailure(reason)
      return MediaFailure(stopped.code, "\(stopped.message) while writing \(name)", cause: stopped)
    }
    if let cause = io.failure?.asFailure {
      return MediaFailure(cause.code, cause.message, hint: cause.hint, cause: cause)
    }
    let isMemory = status == mediary_averror_no_memory
    return MediaFailure(
      libav: status, operation, name, code: isMemory ? .mediaOutOfMemory : code ?? .muxingFailed)
  }
}
