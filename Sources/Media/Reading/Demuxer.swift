import CFFmpeg
package import Foundations

/// A container taken apart: its streams, chapters, tags, and its packets one after the other.
///
/// One owner, one file; everything is freed with it. It is used from one thread at a time. Raising
/// its stop flag ends any call soon with `stopped`.
package struct Demuxer: ~Copyable {
  private let handle: UnsafeMutablePointer<AVFormatContext>
  // libav holds an unretained pointer to each of these two.
  private let io: ReadingIO
  private let stop: StopFlag
  private let name: String

  /// The names of the format, as libav has them: "matroska,webm".
  package let format: String
  /// What the format is called in full.
  package let formatFullName: String?
  /// What is in it.
  package let streams: [StreamDescription]
  package let chapters: [Chapter]
  package let tags: Tags
  /// How many bytes the source has, nil where it is not known.
  package let size: Int64?

  /// Opens a source and reads enough of it to describe its streams.
  package static func open(
    _ source: MediaSource, options: DemuxerOptions = DemuxerOptions(), stop: StopFlag = StopFlag()
  ) throws(MediaFailure) -> Demuxer {
    try LibAV.load(.core)
    let bytes = try byteSource(source)
    if bytes.size == 0 { throw MediaFailure(.mediaEmpty, "\(source.name) is empty") }
    let io = try ReadingIO(bytes, stop: stop)
    mediary_libav_clear_log()
    let detected = try FormatDetector.detect(io, name: source.name, forced: options.format)
    guard let context = avformat_alloc_context() else {
      throw MediaFailure(.mediaOutOfMemory, "no memory to open \(source.name)")
    }
    context.pointee.pb = io.context
    context.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
    context.pointee.interrupt_callback = AVIOInterruptCB(
      callback: stopRequested, opaque: Unmanaged.passUnretained(stop).toOpaque())
    mediary_refuse_nested_files(context)
    var settings = OptionDictionary(options.settings)
    var opened: UnsafeMutablePointer<AVFormatContext>? = context
    let status = settings.withHandle {
      avformat_open_input(
        &opened, FormatDetector.neutralName(source.name), detected.format, $0)
    }
    guard status >= 0, let handle = opened else {
      // A failed open has freed the context.
      let failure = failure(status, "open", source.name, io, stop)
      // Where only the name spoke for the format, the bytes now have spoken against it.
      if !detected.isCertain, failure.kind == .badMedia {
        throw FormatDetector.unrecognised(source.name)
      }
      throw failure
    }
    let demuxer = try describe(handle, io, stop, source.name, bytes.size, options)
    if let unknown = settings.keys.first {
      throw MediaFailure(
        .badMediaSetting, "the \(demuxer.format) demuxer has no setting \(unknown)")
    }
    return demuxer
  }

  private static func byteSource(_ source: MediaSource) throws(MediaFailure) -> any ByteSource {
    switch source {
    case .memory(let bytes, let name): return MemoryByteSource(bytes, name: name)
    case .bytes(let source): return source
    case .file(let path):
      do { return try FileByteSource(path) } catch {
        throw MediaFailure(error.code, error.message, hint: error.hint, cause: error)
      }
    }
  }

  private static func describe(
    _ handle: UnsafeMutablePointer<AVFormatContext>, _ io: ReadingIO, _ stop: StopFlag,
    _ name: String, _ size: Int64?, _ options: DemuxerOptions
  ) throws(MediaFailure) -> Demuxer {
    do throws(MediaFailure) {
      if options.analyses {
        let status = avformat_find_stream_info(handle, nil)
        guard status >= 0 else { throw failure(status, "read the streams of", name, io, stop) }
        try stop.mediaCheck(name)
      }
      var streams: [StreamDescription] = []
      for index in 0..<Int(handle.pointee.nb_streams) {
        guard let stream = handle.pointee.streams[index] else { continue }
        streams.append(try StreamDescription(stream, of: handle))
      }
      return Demuxer(handle: handle, io: io, stop: stop, name: name, streams: streams, size: size)
    } catch {
      var closing: UnsafeMutablePointer<AVFormatContext>? = handle
      avformat_close_input(&closing)
      throw error
    }
  }

  private init(
    handle: UnsafeMutablePointer<AVFormatContext>, io: ReadingIO, stop: StopFlag, name: String,
    streams: [StreamDescription], size: Int64?
  ) {
    self.handle = handle
    self.io = io
    self.stop = stop
    self.name = name
    self.streams = streams
    self.size = size
    format = String(cString: handle.pointee.iformat.pointee.name)
    formatFullName = handle.pointee.iformat.pointee.long_name.map { String(cString: $0) }
    tags = Tags(handle.pointee.metadata)
    chapters = (0..<Int(handle.pointee.nb_chapters)).compactMap { index in
      guard let raw = handle.pointee.chapters[index]?.pointee,
        let start = MediaTime(raw.start, raw.time_base), let end = MediaTime(raw.end, raw.time_base)
      else { return nil }
      return Chapter(containerID: raw.id, start: start, end: end, tags: Tags(raw.metadata))
    }
  }

  deinit {
    var closing: UnsafeMutablePointer<AVFormatContext>? = handle
    avformat_close_input(&closing)
  }

  /// How long it lasts in microseconds, nil where that is not known.
  package var durationMicroseconds: Int64? {
    handle.pointee.duration == mediary_nopts ? nil : handle.pointee.duration
  }

  /// Where its time begins in microseconds, nil where that is not known.
  package var startMicroseconds: Int64? {
    handle.pointee.start_time == mediary_nopts ? nil : handle.pointee.start_time
  }

  /// Bits a second on the whole, nil where that is not known.
  package var bitrate: Int? { handle.pointee.bit_rate > 0 ? Int(handle.pointee.bit_rate) : nil }

  /// Reads only these streams' packets from now on; the others are passed over.
  package func select(streams wanted: Set<Int>) {
    for index in 0..<Int(handle.pointee.nb_streams) {
      handle.pointee.streams[index]?.pointee.discard =
        wanted.contains(index) ? AVDISCARD_DEFAULT : AVDISCARD_ALL
    }
  }

  /// Reads the next packet in file order into `packet`; false at the end.
  package func read(into packet: borrowing Packet) throws(MediaFailure) -> Bool {
    packet.clear()
    var status = LibAV.call { av_read_frame(handle, packet.handle) }
    // What was read ahead to describe the streams comes out even of those that are passed over.
    while status >= 0, isPassedOver(packet.streamIndex) {
      packet.clear()
      status = av_read_frame(handle, packet.handle)
    }
    if status >= 0 { return true }
    if status == mediary_averror_eof, io.failure == nil, !stop.isStopped { return false }
    throw Self.failure(status, "read", name, io, stop)
  }

  private func isPassedOver(_ stream: Int) -> Bool {
    handle.pointee.streams[stream]?.pointee.discard == AVDISCARD_ALL
  }

  /// Goes to the last key frame at or before a point; decoders must be flushed afterwards.
  ///
  /// Key frames here are the container's. Where a frame must be met exactly, decode from there on
  /// and count by presentation times.
  package func seek(to point: MediaTime, stream: Int) throws(MediaFailure) {
    guard let target = streams.first(where: { $0.index == stream }) else {
      throw MediaFailure(.noStream, "\(name) has no stream \(stream)")
    }
    let ticks = point.rescaled(to: target.timebase).ticks
    let status = LibAV.call {
      avformat_seek_file(handle, Int32(stream), Int64.min, ticks, ticks, 0)
    }
    guard status >= 0 else {
      throw Self.failure(status, "seek to \(point.seconds) s in", name, io, stop)
    }
  }

  /// The timestamps the container's own index tells of a stream's frames, in file order; empty
  /// where it keeps none.
  package func indexedTicks(ofStream index: Int) -> [Int64] {
    guard let stream = handle.pointee.streams[index] else { return [] }
    return (0..<avformat_index_get_entries_count(stream)).compactMap {
      avformat_index_get_entry(stream, $0)?.pointee.timestamp
    }
  }

  private static func failure(
    _ status: Int32, _ operation: String, _ name: String, _ io: ReadingIO, _ stop: StopFlag
  ) -> MediaFailure {
    if let reason = stop.reason {
      let stopped = StoppedFailure(reason)
      return MediaFailure(stopped.code, stopped.message, cause: stopped)
    }
    if let cause = io.failure?.asFailure {
      return MediaFailure(cause.code, cause.message, hint: cause.hint, cause: cause)
    }
    // Whatever else libav found wrong while reading lies in the bytes: sizes that no memory holds,
    // values that no format allows.
    let isOfContent = [
      mediary_averror_invalid_argument, mediary_averror_input_output, mediary_averror_no_memory,
    ].contains(status)
    return MediaFailure(libav: status, operation, name, code: isOfContent ? .mediaDamaged : nil)
  }
}

/// How a source is opened.
package struct DemuxerOptions: Sendable {
  /// The format to take it for, by libav's name; nil looks at the bytes.
  package var format: String?
  /// Whether to read on until every stream's parameters are known.
  package var analyses = true
  /// Settings of the demuxer itself; one it does not know is an error.
  package var settings: [(key: String, value: String)] = []

  /// The defaults.
  package init() {}
}

extension StopFlag {
  /// Throws as a media failure once the flag is raised.
  func mediaCheck(_ name: String, _ work: String = "reading") throws(MediaFailure) {
    do { try check() } catch {
      throw MediaFailure(error.code, "\(error.message) while \(work) \(name)", cause: error)
    }
  }
}

// A function and not a closure: libav calls it from whatever thread reads.
private func stopRequested(_ opaque: UnsafeMutableRawPointer?) -> Int32 {
  guard let opaque else { return 0 }
  return Unmanaged<StopFlag>.fromOpaque(opaque).takeUnretainedValue().isStopped ? 1 : 0
}
