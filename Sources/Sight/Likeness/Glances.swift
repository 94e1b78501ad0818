import Foundations
import Media

/// Small pictures of some moments spread over a film.
///
/// The moments are parts of its length and not key frames, which every encoder sets elsewhere.
enum Glances {
  private static let moments = 8
  /// So many frames are decoded at most from a key frame to the moment wanted.
  private static let mostFrames = 300
  /// Up to here a film is read through, which is quicker than to jump in it.
  private static let shortSeconds = 12.0
  /// Below this there is but one moment.
  private static let shortestSeconds = 0.2

  static func take(
    _ demuxer: borrowing Demuxer, _ stream: StreamDescription, _ stop: StopFlag
  ) throws -> [GrayPicture] {
    var decoder = try VideoDecoder.open(stream.parameters)
    let length = length(demuxer, stream)
    // libav's picture formats are the ones it reads as a pipe of single pictures.
    let isPicture = demuxer.format.hasSuffix("_pipe") || stream.frameCount == 1
    guard !isPicture, let length, length > shortestSeconds else {
      return try look(demuxer, &decoder, stream, [-.infinity], stop)
    }
    let start = stream.start?.seconds ?? 0
    let wanted = (0..<moments).map { start + length * (Double($0) + 0.5) / Double(moments) }
    if length <= shortSeconds { return try look(demuxer, &decoder, stream, wanted, stop) }
    var pictures: [GrayPicture] = []
    for moment in wanted {
      try stop.check()
      // Where it cannot be jumped in, what is at its beginning must do.
      guard jump(demuxer, to: moment, stream) else { break }
      decoder.flush()
      pictures += try look(demuxer, &decoder, stream, [moment], stop)
    }
    return pictures.isEmpty ? try look(demuxer, &decoder, stream, [-.infinity], stop) : pictures
  }

  private static func jump(
    _ demuxer: borrowing Demuxer, to moment: Double, _ stream: StreamDescription
  ) -> Bool {
    let point = MediaTime(ticks: Int64(moment * 1_000_000), timebase: Rational(1, 1_000_000))
    return (try? demuxer.seek(to: point, stream: stream.index)) != nil
  }

  private static func length(
    _ demuxer: borrowing Demuxer, _ stream: StreamDescription
  ) -> Double? {
    stream.duration?.seconds ?? demuxer.durationMicroseconds.map { Double($0) / 1e6 }
  }

  /// Decodes from here on and keeps the first frame at or after each moment.
  ///
  /// Where the film ends before a moment, its last frame stands for it.
  private static func look(
    _ demuxer: borrowing Demuxer, _ decoder: inout VideoDecoder, _ stream: StreamDescription,
    _ moments: [Double], _ stop: StopFlag
  ) throws -> [GrayPicture] {
    var watch = Watch(moments: moments, timebase: stream.timebase)
    let packet = try Packet()
    var packets = 0
    while !watch.isDone, packets < mostFrames * moments.count {
      try stop.check()
      guard try demuxer.read(into: packet) else { break }
      guard packet.streamIndex == stream.index else { continue }
      packets += 1
      // A gap in a film is no reason not to look at the rest.
      _ = try? decoder.decode(packet) { try watch.see($0) }
    }
    if !watch.isDone { try decoder.finish { try watch.see($0) } }
    watch.end()
    decoder.flush()
    return watch.pictures
  }

  /// What was seen so far.
  private struct Watch {
    var moments: [Double]
    let timebase: Rational
    var pictures: [GrayPicture] = []
    private var last: GrayPicture?

    init(moments: [Double], timebase: Rational) {
      self.moments = moments
      self.timebase = timebase
    }

    var isDone: Bool { moments.isEmpty }

    mutating func see(_ frame: borrowing VideoFrame) throws {
      guard let moment = moments.first else { return }
      let seconds = frame.presentationTicks.map {
        MediaTime(ticks: $0, timebase: timebase).seconds
      }
      // The next moment's frame, the last one that may be, or one without a time.
      guard seconds.map({ $0 >= moment }) ?? true else { return }
      let picture = GrayPicture(
        side: LikenessBits.side, bytes: try frame.grayThumbnail(side: LikenessBits.side))
      while let next = moments.first, seconds.map({ $0 >= next }) ?? (moments.count == 1) {
        pictures.append(picture)
        moments.removeFirst()
      }
      last = picture
    }

    mutating func end() {
      guard let last, !moments.isEmpty else { return }
      pictures += moments.map { _ in last }
      moments = []
    }
  }
}
