import CFFmpeg

/// What a decoder or a muxer must know of a stream before its first packet.
package final class CodecParameters: @unchecked Sendable {
  // Sendable: a private copy, filled before the initialiser returns and only read afterwards.
  let handle: UnsafeMutablePointer<AVCodecParameters>
  /// The time base that the stream's packets count in.
  package let timebase: Rational
  /// The frame rate the container tells, nil where it tells none.
  package let frameRate: Rational?
  /// The records that go with it: rotation, HDR data, Dolby Vision, ….
  let records: StreamRecords
  /// The bytes of a cover picture, nil for every other stream.
  package let attachedPicture: [UInt8]?

  init(
    copying other: UnsafePointer<AVCodecParameters>, timebase: Rational, frameRate: Rational?,
    records: StreamRecords, attachedPicture: [UInt8]?
  ) throws(MediaFailure) {
    var copy = avcodec_parameters_alloc()
    guard let handle = copy, avcodec_parameters_copy(handle, other) >= 0 else {
      avcodec_parameters_free(&copy)
      throw MediaFailure(.mediaOutOfMemory, "no memory for codec parameters")
    }
    self.handle = handle
    self.timebase = timebase
    self.frameRate = frameRate
    self.records = records
    self.attachedPicture = attachedPicture
  }

  init(
    encoder: UnsafePointer<AVCodecContext>, records: StreamRecords
  ) throws(MediaFailure) {
    var copy = avcodec_parameters_alloc()
    guard let handle = copy, avcodec_parameters_from_context(handle, encoder) >= 0 else {
      avcodec_parameters_free(&copy)
      throw MediaFailure(.mediaOutOfMemory, "no memory for codec parameters")
    }
    self.handle = handle
    timebase = Rational(encoder.pointee.time_base)
    frameRate = Rational.known(encoder.pointee.framerate)
    self.records = records
    attachedPicture = nil
  }

  deinit {
    var handle: UnsafeMutablePointer<AVCodecParameters>? = handle
    avcodec_parameters_free(&handle)
  }

  /// What the stream carries.
  package var kind: StreamKind { StreamKind(handle.pointee.codec_type) }

  /// libav's name of the codec: "h264", "av1", "opus".
  package var codec: String { String(cString: avcodec_get_name(handle.pointee.codec_id)) }
}
