import Foundations
import Media

/// A film's stream on its way through the decoder.
///
/// Packets that cannot be decoded leave a gap, as everywhere where films are shown; the same file
/// always leaves the same one.
struct FilmDecoder: ~Copyable {
  private let demuxer: Demuxer
  private let decoder: VideoDecoder
  private let packet: Packet
  private let film: Film
  private let stop: StopFlag
  private let timebase: Rational

  static func open(_ film: Film, threads: Int, stop: StopFlag) throws -> FilmDecoder {
    let demuxer = try Demuxer.open(.file(film.path), stop: stop)
    guard let stream = demuxer.streams.first(where: { $0.index == film.video.index }),
      stream.codec == film.video.codec, stream.timebase == film.video.timebase
    else {
      throw EncodingFailure(
        .encodingFilmChanged, "\(film.path) is no longer the film that was looked at")
    }
    demuxer.select(streams: [stream.index])
    let decoder = try VideoDecoder.open(
      stream.parameters, threads: DecodingThreads(count: threads))
    return FilmDecoder(
      demuxer: demuxer, decoder: decoder, packet: try Packet(), film: film, stop: stop,
      timebase: stream.timebase)
  }

  private init(
    demuxer: consuming Demuxer, decoder: consuming VideoDecoder, packet: consuming Packet,
    film: Film, stop: StopFlag, timebase: Rational
  ) {
    self.demuxer = demuxer
    self.decoder = decoder
    self.packet = packet
    self.film = film
    self.stop = stop
    self.timebase = timebase
  }

  /// Goes to the last key frame at or before a time; to be done before anything is decoded.
  func seek(to ticks: Int64) throws {
    try demuxer.seek(
      to: MediaTime(ticks: ticks, timebase: timebase), stream: film.video.index)
  }

  /// Decodes to the end, or until `each` answers false.
  ///
  /// Answers how many packets could not be decoded.
  func run(
    noting note: (borrowing Packet) throws -> Void = { _ in },
    each: (borrowing VideoFrame) throws -> Bool
  ) throws -> Int {
    var gaps = 0
    var goesOn = true
    var thrown: (any Error)?
    func take(_ frame: borrowing VideoFrame) throws {
      guard goesOn else { return }
      do { goesOn = try each(frame) } catch {
        thrown = error
        throw error
      }
    }
    while goesOn, try readPacket() {
      try stop.check()
      try note(packet)
      do { try decoder.decode(packet) { try take($0) } } catch {
        if let thrown { throw thrown }
        gaps += 1
      }
    }
    guard goesOn else { return gaps }
    do { try decoder.finish { try take($0) } } catch {
      if let thrown { throw thrown }
      gaps += 1
    }
    return gaps
  }

  /// A damaged end is an end; a disk that fails is none.
  private func readPacket() throws -> Bool {
    do throws(MediaFailure) {
      while try demuxer.read(into: packet) {
        if packet.streamIndex == film.video.index { return true }
      }
      return false
    } catch {
      guard error.code == .mediaDamaged || error.code == .mediaTruncated else { throw error }
      return false
    }
  }
}
