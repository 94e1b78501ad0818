package import Foundations
package import Media
import Synchronization

/// The frames of another film, or of a picture, as they are decoded.
package final class FilmFrames: FrameSource {
  private struct State: ~Copyable {
    let demuxer: Demuxer
    let decoder: VideoDecoder
    let packet: Packet
    let stream: Int
    var waiting: [Held] = []
    var isAtEnd = false
  }

  /// A frame that came with others out of one packet.
  private final class Held: Sendable {
    private let frame: Mutex<VideoFrame?>
    init(_ frame: consuming sending VideoFrame) { self.frame = Mutex(frame) }
    func take() -> VideoFrame? { frame.withLock { $0.take() } }
  }

  private let path: FilePath
  private let state: Mutex<State>
  /// The frames a second that the film says, nil for a picture.
  package let rate: Rational?

  /// Opens a film or a picture.
  package init(_ path: FilePath, stop: StopFlag) throws {
    self.path = path
    let demuxer = try Demuxer.open(.file(path), stop: stop)
    guard
      let film = demuxer.streams.first(where: \.isFilm)
        ?? demuxer.streams.first(where: { $0.video != nil })
    else {
      throw MediaOutputFailure(.outputEmpty, "\(path) holds no pictures")
    }
    demuxer.select(streams: [film.index])
    rate = film.video?.frameRate
    let decoder = try VideoDecoder.open(film.parameters, threads: DecodingThreads(count: 2))
    state = Mutex(
      State(demuxer: demuxer, decoder: decoder, packet: try Packet(), stream: film.index))
  }

  package var count: Int? { nil }
  package func rewind() -> Bool { false }

  package func next(_ wish: FrameWish) throws -> VideoFrame? {
    let held = try state.withLock { state -> Held? in
      while state.waiting.isEmpty, !state.isAtEnd { try Self.fill(&state) }
      return state.waiting.isEmpty ? nil : state.waiting.removeFirst()
    }
    return held?.take()
  }

  private static func fill(_ state: inout State) throws {
    var frames: [Held] = []
    if try state.demuxer.read(into: state.packet) {
      try state.decoder.decode(state.packet) { frames.append(Held(try $0.retained())) }
    } else {
      try state.decoder.finish { frames.append(Held(try $0.retained())) }
      state.isAtEnd = true
    }
    state.waiting += frames
  }
}
