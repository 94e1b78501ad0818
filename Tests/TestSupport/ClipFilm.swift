package import Foundations
package import Media

/// A film of the pattern, made in process by our own encoder and muxer.
package struct ClipFilm {
  package var form = PictureForm(width: 64, height: 48, format: .yuv420p, colour: .bt709)
  package var frames = 25
  package var codec = "libx264"
  package var options: [(key: String, value: String)] = [("preset", "ultrafast"), ("qp", "0")]
  package var timebase = Rational(1, 25)
  package var frameRate: Rational? = Rational(25, 1)
  /// The times of the frames; one a tick unless told otherwise.
  package var times: [Int64]?
  package var keyFrameInterval: Int? = 10

  package init() {}

  /// The encoder's settings.
  package var settings: VideoEncoderSettings {
    var settings = VideoEncoderSettings(
      codec: codec, form: form, timebase: timebase, frameRate: frameRate, options: options)
    settings.keyFrameInterval = keyFrameInterval
    return settings
  }

  /// Encodes it and hands every packet over.
  package func encode(
    _ encoder: inout VideoEncoder, each: (borrowing Packet) throws -> Void
  ) throws {
    for index in 0..<frames {
      let picture = try ClipPattern.picture(form, frame: index, at: times?[index])
      try encoder.encode(picture, each: each)
    }
    try encoder.finish(each: each)
  }

  /// Writes it.
  package func write(
    to target: MediaTarget, options: MuxerOptions = MuxerOptions(),
    stream: StreamSettings = StreamSettings(), stop: StopFlag = StopFlag()
  ) throws {
    var encoder = try VideoEncoder.open(settings)
    var muxer = try Muxer.make(target, options: options, stop: stop)
    let index = try muxer.addStream(encoder.parameters, settings: stream)
    try muxer.start()
    do {
      try encode(&encoder) { try muxer.write($0, stream: index) }
      try muxer.finish()
    } catch {
      muxer.abandon()
      throw error
    }
  }

  /// Writes it to memory.
  package func bytes(
    _ name: String, options: MuxerOptions = MuxerOptions()
  ) throws -> [UInt8] {
    let sink = MemoryByteSink(name: name)
    try write(to: .bytes(sink), options: options)
    return sink.bytes
  }
}
