import CFFmpeg
import Foundations

/// The bridge from libav's reading callbacks to a `ByteSource` and a stop flag.
///
/// libav keeps an unretained pointer to it, so the demuxer that owns both closes libav's side first.
final class ReadingIO {
  /// libav's own buffer and state; freed with this object.
  let context: UnsafeMutablePointer<AVIOContext>
  private let bridge: Bridge

  fileprivate final class Bridge {
    let source: any ByteSource
    let stop: StopFlag
    var position: Int64 = 0
    /// The first error of the source's own, which says more than libav's number.
    var failure: (any Error)?

    init(_ source: any ByteSource, _ stop: StopFlag) {
      self.source = source
      self.stop = stop
    }
  }

  /// Makes libav's context over a source.
  init(_ source: any ByteSource, stop: StopFlag) throws(MediaFailure) {
    let bufferSize = 64 << 10
    let bridge = Bridge(source, stop)
    let buffer = av_malloc(bufferSize)?.assumingMemoryBound(to: UInt8.self)
    let context = avio_alloc_context(
      buffer, Int32(bufferSize), 0, Unmanaged.passUnretained(bridge).toOpaque(), readBytes, nil,
      source.canSeek ? seekBytes : nil)
    guard let buffer, let context else {
      av_free(buffer)
      throw MediaFailure(.mediaOutOfMemory, "no memory to read \(source.name)")
    }
    _ = buffer
    context.pointee.seekable = source.canSeek ? AVIO_SEEKABLE_NORMAL : 0
    self.bridge = bridge
    self.context = context
  }

  deinit {
    // libav may have put another buffer in the place of ours.
    av_freep(&context.pointee.buffer)
    var context: UnsafeMutablePointer<AVIOContext>? = self.context
    avio_context_free(&context)
  }

  /// Why the reading was told to stop, if it was.
  var stopReason: StopReason? { bridge.stop.reason }

  /// The source's own error, if it had one.
  var failure: (any Error)? { bridge.failure }

  fileprivate static func bridge(_ opaque: UnsafeMutableRawPointer) -> Bridge {
    Unmanaged<Bridge>.fromOpaque(opaque).takeUnretainedValue()
  }

  fileprivate static func read(_ bridge: Bridge, _ buffer: UnsafeMutableRawBufferPointer) -> Int32 {
    if bridge.stop.isStopped { return mediary_averror_exit }
    do {
      let count = try bridge.source.read(into: buffer)
      bridge.position += Int64(count)
      return count == 0 ? mediary_averror_eof : Int32(count)
    } catch {
      bridge.failure = bridge.failure ?? error
      return mediary_averror_input_output
    }
  }

  fileprivate static func seek(_ bridge: Bridge, _ offset: Int64, _ whence: Int32) -> Int64 {
    let size = bridge.source.size
    let target: Int64
    switch whence & ~AVSEEK_FORCE {
    case AVSEEK_SIZE: return size ?? Int64(mediary_averror_not_supported)
    case SEEK_SET: target = offset
    case SEEK_CUR: target = bridge.position + offset
    case SEEK_END:
      guard let size else { return Int64(mediary_averror_not_supported) }
      target = size + offset
    default: return Int64(mediary_averror_invalid_argument)
    }
    guard target >= 0 else { return Int64(mediary_averror_invalid_argument) }
    do {
      try bridge.source.seek(to: target)
      bridge.position = target
      return target
    } catch {
      bridge.failure = bridge.failure ?? error
      return Int64(mediary_averror_input_output)
    }
  }
}

// Functions and not closures: libav calls them from whatever thread reads.
private func readBytes(
  _ opaque: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int32
) -> Int32 {
  guard let opaque, let buffer else { return mediary_averror_invalid_argument }
  return ReadingIO.read(
    ReadingIO.bridge(opaque), UnsafeMutableRawBufferPointer(start: buffer, count: Int(count)))
}

private func seekBytes(_ opaque: UnsafeMutableRawPointer?, _ offset: Int64, _ whence: Int32)
  -> Int64
{
  guard let opaque else { return Int64(mediary_averror_invalid_argument) }
  return ReadingIO.seek(ReadingIO.bridge(opaque), offset, whence)
}
