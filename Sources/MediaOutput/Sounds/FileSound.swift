import Foundations
import Media
import Synchronization

/// The first sound stream of a file, as it is decoded.
final class FileSound: SoundSource {
  private let demuxer: Demuxer
  private let decoder: AudioDecoder
  private let packet: Packet
  private var waiting: [HeldSound] = []
  private var isAtEnd = false
  private(set) var form: SoundForm

  init(_ path: FilePath, stop: StopFlag) throws {
    demuxer = try Demuxer.open(.file(path), stop: stop)
    guard let stream = demuxer.streams.first(where: { $0.audio != nil }), let audio = stream.audio
    else {
      throw MediaOutputFailure(.outputEmpty, "\(path) holds no sound")
    }
    demuxer.select(streams: [stream.index])
    decoder = try AudioDecoder.open(stream.parameters)
    packet = try Packet()
    form = SoundForm(
      sampleRate: audio.sampleRate, format: audio.sampleFormat ?? .floatPlanar,
      layout: try Self.layout(audio.layout, path))
    // The first samples tell what they really are; headers of some formats do not.
    try fill()
    guard let first = waiting.first else {
      throw MediaOutputFailure(.outputEmpty, "\(path) holds no sound")
    }
    var found = first.form
    found.layout = form.layout
    form = found
  }

  /// Files that only say how many channels there are mean the usual ones.
  private static func layout(
    _ layout: ChannelLayout, _ path: FilePath
  ) throws(MediaOutputFailure) -> ChannelLayout {
    if layout.hasKnownOrder { return layout }
    switch layout.channels {
    case 1: return .mono
    case 2: return .stereo
    case 6: return .surround51
    default:
      throw MediaOutputFailure(
        .outputBadShape, "\(path) has \(layout.channels) channels and does not say which")
    }
  }

  func next() throws -> AudioFrame? {
    while waiting.isEmpty, !isAtEnd { try fill() }
    return waiting.isEmpty ? nil : waiting.removeFirst().take()
  }

  private func fill() throws {
    var frames: [HeldSound] = []
    while frames.isEmpty, !isAtEnd {
      if try demuxer.read(into: packet) {
        try decoder.decode(packet) { frames.append(HeldSound(try $0.retained())) }
      } else {
        try decoder.finish { frames.append(HeldSound(try $0.retained())) }
        isAtEnd = true
      }
    }
    waiting += frames
  }
}

/// Samples that came with others out of one packet.
private final class HeldSound {
  private let frame: Mutex<AudioFrame?>
  let form: SoundForm

  init(_ frame: consuming sending AudioFrame) {
    form = frame.form
    self.frame = Mutex(frame)
  }

  func take() -> AudioFrame? { frame.withLock { $0.take() } }
}
