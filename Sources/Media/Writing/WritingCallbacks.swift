import CFFmpeg

// What libav calls to write and to read back. Functions and not closures: it calls them from
// whatever thread writes.

private func bridge(_ opaque: UnsafeMutableRawPointer) -> WritingIO.Bridge {
  Unmanaged<WritingIO.Bridge>.fromOpaque(opaque).takeUnretainedValue()
}

func writeBytes(
  _ opaque: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int32
) -> Int32 {
  guard let opaque, let buffer else { return mediary_averror_invalid_argument }
  return WritingIO.write(
    bridge(opaque), UnsafeRawBufferPointer(start: buffer, count: Int(count)))
}

func seekWritten(
  _ opaque: UnsafeMutableRawPointer?, _ offset: Int64, _ whence: Int32
) -> Int64 {
  guard let opaque else { return Int64(mediary_averror_invalid_argument) }
  return WritingIO.seek(bridge(opaque), offset, whence)
}

func readWritten(
  _ opaque: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int32
) -> Int32 {
  guard let opaque, let buffer else { return mediary_averror_invalid_argument }
  return WritingIO.read(
    Unmanaged<WritingIO.Reader>.fromOpaque(opaque).takeUnretainedValue(),
    UnsafeMutableRawBufferPointer(start: buffer, count: Int(count)))
}

func seekReader(
  _ opaque: UnsafeMutableRawPointer?, _ offset: Int64, _ whence: Int32
) -> Int64 {
  guard let opaque else { return Int64(mediary_averror_invalid_argument) }
  return WritingIO.seek(
    Unmanaged<WritingIO.Reader>.fromOpaque(opaque).takeUnretainedValue(), offset, whence)
}

func openOwnOutput(
  _ muxer: UnsafeMutablePointer<AVFormatContext>?,
  _ result: UnsafeMutablePointer<UnsafeMutablePointer<AVIOContext>?>?,
  _ url: UnsafePointer<CChar>?, _ flags: Int32, _ options: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  guard let muxer, let opaque = muxer.pointee.opaque, let result, let url else {
    return mediary_averror_invalid_argument
  }
  let opened = WritingIO.open(bridge(opaque), muxer, String(cString: url), flags)
  result.pointee = opened.context
  return opened.status
}

func closeOwnOutput(
  _ muxer: UnsafeMutablePointer<AVFormatContext>?, _ context: UnsafeMutablePointer<AVIOContext>?
) -> Int32 {
  guard let opaque = muxer?.pointee.opaque, let context else { return 0 }
  WritingIO.close(bridge(opaque), context)
  return 0
}
