package import Foundations
package import Media

/// What a source holds, read and decoded in process, as values that can be compared.
package struct ClipContent {
  /// A packet's times, size and bytes' sum.
  package struct Piece: Equatable, Sendable {
    package let stream: Int
    package let presentationTicks: Int64?
    package let decodingTicks: Int64?
    package let durationTicks: Int64
    package let size: Int
    package let isKeyFrame: Bool
    package let sum: Int
  }

  /// Every packet of a source.
  package static func packets(
    _ source: MediaSource, options: DemuxerOptions = DemuxerOptions(), stop: StopFlag = StopFlag()
  ) throws -> [Piece] {
    let demuxer = try Demuxer.open(source, options: options, stop: stop)
    let packet = try Packet()
    var pieces: [Piece] = []
    while try demuxer.read(into: packet) { pieces.append(piece(packet)) }
    return pieces
  }

  private static func piece(_ packet: borrowing Packet) -> Piece {
    let bytes = packet.bytes
    var sum = 0
    for index in bytes.indices { sum = sum &* 31 &+ Int(bytes[index]) }
    return Piece(
      stream: packet.streamIndex, presentationTicks: packet.presentationTicks,
      decodingTicks: packet.decodingTicks, durationTicks: packet.durationTicks, size: packet.size,
      isKeyFrame: packet.isKeyFrame, sum: sum)
  }

  /// Decodes the first film of a source and hands every frame over; returns how many there were.
  @discardableResult
  package static func frames(
    _ source: MediaSource, threads: DecodingThreads = .one,
    each: (borrowing VideoFrame) throws -> Void = { _ in }
  ) throws -> Int {
    let demuxer = try Demuxer.open(source)
    guard let film = demuxer.streams.first(where: { $0.kind == .video }) else { return 0 }
    demuxer.select(streams: [film.index])
    let decoder = try VideoDecoder.open(film.parameters, threads: threads)
    let packet = try Packet()
    var count = 0
    func take(_ frame: borrowing VideoFrame) throws {
      count += 1
      try each(frame)
    }
    while try demuxer.read(into: packet) { try decoder.decode(packet, each: take) }
    try decoder.finish(each: take)
    return count
  }

  /// Decodes the first sound of a source and hands every frame over; returns how many samples.
  @discardableResult
  package static func samples(
    _ source: MediaSource, each: (borrowing AudioFrame) throws -> Void = { _ in }
  ) throws -> Int {
    let demuxer = try Demuxer.open(source)
    guard let sound = demuxer.streams.first(where: { $0.kind == .audio }) else { return 0 }
    demuxer.select(streams: [sound.index])
    let decoder = try AudioDecoder.open(sound.parameters)
    let packet = try Packet()
    var count = 0
    func take(_ frame: borrowing AudioFrame) throws {
      count += frame.samples
      try each(frame)
    }
    while try demuxer.read(into: packet) { try decoder.decode(packet, each: take) }
    try decoder.finish(each: take)
    return count
  }

  /// The first sound's samples as interleaved 16 bits.
  package static func int16Samples(_ source: MediaSource) throws -> [Int16] {
    var all: [Int16] = []
    try samples(source) { frame in
      let channels = frame.layout.channels
      for index in 0..<frame.samples {
        for channel in 0..<channels {
          let plane = frame.format.isPlanar ? channel : 0
          let place = frame.format.isPlanar ? index : index * channels + channel
          let samples = frame.plane(plane, as: Int16.self)
          all.append(samples[place])
        }
      }
    }
    return all
  }
}
