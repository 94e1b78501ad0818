import CFFmpeg
import Foundations

/// The bridge from libav's writing callbacks to a `ByteSink` and a stop flag.
///
/// libav keeps an unretained pointer to it, so the muxer that owns both frees libav's side first.
final class WritingIO {
  /// libav's own buffer and state; freed with this object.
  let context: UnsafeMutablePointer<AVIOContext>
  private let bridge: Bridge

  final class Bridge {
    let sink: any ByteSink
    let stop: StopFlag
    var position: Int64 = 0
    /// Where the furthest byte written so far ends.
    var end: Int64 = 0
    /// The first error of the sink's own, which says more than libav's number.
    var failure: (any Error)?
    /// What was opened for reading back, until libav closes it.
    var readers: [UnsafeMutablePointer<AVIOContext>: Reader] = [:]

    init(_ sink: any ByteSink, _ stop: StopFlag) {
      self.sink = sink
      self.stop = stop
    }
  }

  /// A second look at what was written, with a place of its own.
  final class Reader {
    let bridge: Bridge
    var position: Int64 = 0

    init(_ bridge: Bridge) { self.bridge = bridge }
  }

  private static let bufferSize = 64 << 10

  /// Makes libav's context over a sink.
  init(_ sink: any ByteSink, stop: StopFlag) throws(MediaFailure) {
    let bridge = Bridge(sink, stop)
    guard
      let context = Self.context(
        Unmanaged.passUnretained(bridge).toOpaque(), writes: true,
        seek: sink.canSeek ? seekWritten : nil)
    else { throw MediaFailure(.mediaOutOfMemory, "no memory to write \(sink.name)") }
    context.pointee.seekable = sink.canSeek ? AVIO_SEEKABLE_NORMAL : 0
    self.bridge = bridge
    self.context = context
  }

  deinit {
    for reader in bridge.readers.keys { Self.free(reader) }
    Self.free(context)
  }

  /// The sink's own error, if it had one.
  var failure: (any Error)? { bridge.failure }

  /// How many bytes there are by now.
  var byteCount: Int64 { bridge.end }

  /// Makes a muxer write here, and open nothing else: but for its own output, which it may read
  /// back, as MP4's faststart and Matroska's `cues_to_front` do to move it.
  func attach(to muxer: UnsafeMutablePointer<AVFormatContext>) {
    muxer.pointee.pb = context
    muxer.pointee.flags |= AVFMT_FLAG_CUSTOM_IO
    muxer.pointee.opaque = Unmanaged.passUnretained(bridge).toOpaque()
    muxer.pointee.io_open = openOwnOutput
    muxer.pointee.io_close2 = closeOwnOutput
  }

  private static func context(
    _ opaque: UnsafeMutableRawPointer, writes: Bool,
    seek: (@convention(c) (UnsafeMutableRawPointer?, Int64, Int32) -> Int64)?
  ) -> UnsafeMutablePointer<AVIOContext>? {
    let buffer = av_malloc(bufferSize)?.assumingMemoryBound(to: UInt8.self)
    guard let buffer else { return nil }
    let context = avio_alloc_context(
      buffer, Int32(bufferSize), writes ? 1 : 0, opaque, writes ? nil : readWritten,
      writes ? writeBytes : nil, seek)
    if context == nil { av_free(buffer) }
    return context
  }

  private static func free(_ context: UnsafeMutablePointer<AVIOContext>) {
    // libav may have put another buffer in the place of ours.
    av_freep(&context.pointee.buffer)
    var context: UnsafeMutablePointer<AVIOContext>? = context
    avio_context_free(&context)
  }

  static func write(_ bridge: Bridge, _ buffer: UnsafeRawBufferPointer) -> Int32 {
    if bridge.stop.isStopped { return mediary_averror_exit }
    do {
      try bridge.sink.write(buffer.bytes)
      bridge.position += Int64(buffer.count)
      bridge.end = max(bridge.end, bridge.position)
      return Int32(buffer.count)
    } catch {
      bridge.failure = bridge.failure ?? error
      return mediary_averror_input_output
    }
  }

  static func seek(_ bridge: Bridge, _ offset: Int64, _ whence: Int32) -> Int64 {
    guard let target = place(offset, whence, bridge.position, bridge.end) else {
      return Int64(mediary_averror_invalid_argument)
    }
    if whence & ~AVSEEK_FORCE == AVSEEK_SIZE { return target }
    do {
      try bridge.sink.seek(to: target)
      bridge.position = target
      return target
    } catch {
      bridge.failure = bridge.failure ?? error
      return Int64(mediary_averror_input_output)
    }
  }

  private static func place(
    _ offset: Int64, _ whence: Int32, _ position: Int64, _ end: Int64
  ) -> Int64? {
    let target: Int64
    switch whence & ~AVSEEK_FORCE {
    case AVSEEK_SIZE: target = end
    case SEEK_SET: target = offset
    case SEEK_CUR: target = position + offset
    case SEEK_END: target = end + offset
    default: return nil
    }
    return target >= 0 ? target : nil
  }

  static func open(
    _ bridge: Bridge, _ muxer: UnsafeMutablePointer<AVFormatContext>, _ url: String, _ flags: Int32
  ) -> (status: Int32, context: UnsafeMutablePointer<AVIOContext>?) {
    let isOwn = muxer.pointee.url.map { String(cString: $0) } == url
    guard isOwn, flags & AVIO_FLAG_WRITE == 0, bridge.sink.canRead else {
      bridge.failure =
        bridge.failure
        ?? MediaFailure(.mediaReachesOut, "the muxer tried to open \(url) beside its own output")
      return (mediary_averror_denied, nil)
    }
    let reader = Reader(bridge)
    guard
      let context = context(
        Unmanaged.passUnretained(reader).toOpaque(), writes: false, seek: seekReader)
    else { return (mediary_averror_no_memory, nil) }
    bridge.readers[context] = reader
    return (0, context)
  }

  static func close(_ bridge: Bridge, _ context: UnsafeMutablePointer<AVIOContext>) {
    // Not one of the readers: the output itself, which its owner frees.
    guard bridge.readers.removeValue(forKey: context) != nil else { return }
    free(context)
  }

  static func read(
    _ reader: Reader, _ buffer: UnsafeMutableRawBufferPointer
  ) -> Int32 {
    let bridge = reader.bridge
    if bridge.stop.isStopped { return mediary_averror_exit }
    do {
      let bytes = try bridge.sink.read(buffer.count, at: reader.position)
      buffer.copyBytes(from: bytes)
      reader.position += Int64(bytes.count)
      return bytes.isEmpty ? mediary_averror_eof : Int32(bytes.count)
    } catch {
      bridge.failure = bridge.failure ?? error
      return mediary_averror_input_output
    }
  }

  static func seek(_ reader: Reader, _ offset: Int64, _ whence: Int32) -> Int64 {
    let bridge = reader.bridge
    guard let target = place(offset, whence, reader.position, bridge.end) else {
      return Int64(mediary_averror_invalid_argument)
    }
    if whence & ~AVSEEK_FORCE != AVSEEK_SIZE { reader.position = target }
    return target
  }
}
