package import Foundations
package import Media

/// The one picture that stands for a picture or a film where there is little room.
package enum Poster {
  /// Films begin with black and titles; so far in there is something to be seen.
  private static let share = 0.1
  /// So many packets are read at most from a key frame to the moment wanted.
  private static let mostPackets = 1_000

  /// The picture upright, with square pixels, in sRGB, its longer side at most so long.
  ///
  /// It is never made larger. `orientation` is said by who knows better than the container, as a
  /// photograph's own notes do. High dynamic range is brought down to what a screen shows. Blocks;
  /// raising the flag ends it.
  package static func take(
    _ source: MediaSource, within side: Int, orientation: Orientation? = nil,
    stop: StopFlag = StopFlag()
  ) throws -> VideoFrame {
    let demuxer = try Demuxer.open(source, stop: stop)
    guard let stream = demuxer.streams.first(where: \.isFilm), let video = stream.video else {
      throw MediaFailure(
        .noStream, "\(source.name) holds no picture",
        hint: "pictures and films have a picture that stands for them")
    }
    demuxer.select(streams: [stream.index])
    let frame = try pick(demuxer, stream, stop)
    let form = PosterForm(frame.form, frame.sampleAspect ?? video.sampleAspect)
    return try form.make(
      frame, within: side, orientation: orientation ?? video.orientation,
      isPicture: isPicture(demuxer, stream))
  }

  /// libav's picture formats are the ones it reads as a pipe of single pictures.
  private static func isPicture(
    _ demuxer: borrowing Demuxer, _ stream: StreamDescription
  ) -> Bool {
    demuxer.format.hasSuffix("_pipe") || stream.frameCount == 1
  }

  private static func pick(
    _ demuxer: borrowing Demuxer, _ stream: StreamDescription, _ stop: StopFlag
  ) throws -> VideoFrame {
    let length = stream.duration?.seconds ?? demuxer.durationMicroseconds.map { Double($0) / 1e6 }
    if !isPicture(demuxer, stream), let length, length > 0 {
      let moment = (stream.start?.seconds ?? 0) + length * share
      let point = MediaTime(
        ticks: Int64(moment * 1_000_000), timebase: Rational(1, 1_000_000))
      // Where it cannot be jumped in, what is at its beginning must do.
      if (try? demuxer.seek(to: point, stream: stream.index)) != nil {
        if let frame = try frame(demuxer, stream, at: moment, stop) { return frame }
        let start = MediaTime(ticks: 0, timebase: Rational(1, 1_000_000))
        try demuxer.seek(to: start, stream: stream.index)
      }
    }
    guard let frame = try frame(demuxer, stream, at: -.infinity, stop) else {
      throw MediaFailure(
        .mediaDamaged, "no picture can be read", hint: "`mediary probe` looks closer")
    }
    return frame
  }

  /// The first frame at or after a moment; the last before it where none is.
  private static func frame(
    _ demuxer: borrowing Demuxer, _ stream: StreamDescription, at moment: Double,
    _ stop: StopFlag
  ) throws -> VideoFrame? {
    let decoder = try VideoDecoder.open(stream.parameters)
    var found: VideoFrame?
    var isDone = false
    func see(_ frame: borrowing VideoFrame) throws {
      guard !isDone else { return }
      let seconds = frame.presentationTicks.map {
        MediaTime(ticks: $0, timebase: stream.timebase).seconds
      }
      found = try frame.retained()
      isDone = seconds.map { $0 >= moment } ?? true
    }
    let packet = try Packet()
    var packets = 0
    while !isDone, packets < mostPackets {
      try stop.check()
      guard try demuxer.read(into: packet) else { break }
      guard packet.streamIndex == stream.index else { continue }
      packets += 1
      // A gap in a film is no reason not to look at the rest.
      _ = try? decoder.decode(packet) { try see($0) }
    }
    if !isDone { try decoder.finish { try see($0) } }
    return found.take()
  }
}
