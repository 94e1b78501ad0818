import Foundations
import Media

/// One sound track on its way from the source's packets to the output's.
///
/// Loudness stays, and so does the time of every sample: tracks that begin late begin late, holes are
/// filled with silence, and packets that cannot be decoded are counted and leave holes.
final class SoundTrack {
  private let target: SoundTarget
  private let decoder: AudioDecoder
  private var resampler: Resampler?
  private var encoder: AudioEncoder
  private var line: SoundLine
  private let timebase: Rational
  private let shift: TimeShift
  private let delay: Int64
  private let leavesOutDelay: Bool
  /// Packets that could not be decoded.
  private(set) var damagedPackets = 0

  /// Opens the decoder and the encoder of a track; no time past `limitSeconds` is believed.
  init(
    _ stream: StreamDescription, to target: SoundTarget, in container: OutputContainer,
    shift: TimeShift, limitSeconds: Double
  ) throws {
    self.target = target
    self.shift = shift
    timebase = stream.timebase
    decoder = try AudioDecoder.open(stream.parameters)
    var settings = AudioEncoderSettings(
      codec: target.codec.encoder, form: target.form, bitrate: target.bitrate)
    settings.isReproducible = true
    if target.codec == .opus {
      settings.options = [
        ("vbr", "on"), ("compression_level", "10"), ("frame_duration", "20"),
        ("application", "audio"),
      ]
    }
    encoder = try AudioEncoder.open(settings)
    delay = CodecDelay.ticks(
      of: encoder.parameters, in: container, timebase: encoder.parameters.timebase)
    leavesOutDelay = CodecDelay.leavesOut(target.codec, in: container)
    line = SoundLine(form: target.form, limitSeconds: limitSeconds)
  }

  /// What the muxer needs to know of the stream.
  var parameters: CodecParameters { encoder.parameters }

  /// When it begins and ends, in seconds; nil where nothing came out.
  var span: (start: Double, end: Double)? {
    guard let first = line.first, let next = line.next else { return nil }
    let rate = Double(target.form.sampleRate)
    return (Double(first) / rate, Double(next) / rate)
  }

  /// Decodes a packet and calls `each` with those that are ready.
  func take(_ packet: borrowing Packet, each: (borrowing Packet) throws -> Void) throws {
    var fault: (any Error)?
    do {
      try decoder.decode(packet) { frame in
        try noting(&fault) { try take(frame, each) }
      }
    } catch {
      try count(error, unless: fault)
    }
  }

  /// Fetches what is still inside everything.
  func finish(each: (borrowing Packet) throws -> Void) throws {
    var fault: (any Error)?
    do {
      try decoder.finish { frame in try noting(&fault) { try take(frame, each) } }
    } catch {
      try count(error, unless: fault)
    }
    try closeResampler(each)
    try encoder.finish { try write($0, each) }
  }

  /// Remembers what went wrong behind the decoder, which is no damage of the packet.
  private func noting(_ fault: inout (any Error)?, _ work: () throws -> Void) throws {
    do { try work() } catch {
      fault = error
      throw error
    }
  }

  private func count(_ error: any Error, unless fault: (any Error)?) throws {
    if let fault { throw fault }
    guard let failure = error as? MediaFailure, failure.kind == .badMedia else { throw error }
    damagedPackets += 1
  }

  private func take(
    _ frame: borrowing AudioFrame, _ each: (borrowing Packet) throws -> Void
  ) throws {
    try meet(frame.form, each)
    var frame = try frame.retained()
    frame.presentationTicks = frame.presentationTicks.map { $0 + shift.ticks(in: timebase) }
    guard let ready = try resampler?.convert(frame) else { return }
    try pass(ready, each)
  }

  private func pass(
    _ frame: consuming AudioFrame, _ each: (borrowing Packet) throws -> Void
  ) throws {
    try line.put(frame) { frame in try encoder.encode(frame) { try write($0, each) } }
  }

  private func write(
    _ packet: borrowing Packet, _ each: (borrowing Packet) throws -> Void
  ) throws {
    if leavesOutDelay, let first = line.first, let ticks = packet.presentationTicks, ticks < first {
      return
    }
    packet.presentationTicks = packet.presentationTicks.map { $0 + delay }
    packet.decodingTicks = packet.decodingTicks.map { $0 + delay }
    try each(packet)
  }

  /// Broadcasts change from 5.1 to stereo and back in the middle of a track.
  private func meet(_ form: SoundForm, _ each: (borrowing Packet) throws -> Void) throws {
    var form = form
    guard let layout = SoundLayouts.named(form.layout) else {
      throw MediaFailure(.mediaDamaged, "a piece of sound has \(form.layout), unknown which")
    }
    form.layout = layout
    if resampler?.source == form { return }
    try closeResampler(each)
    resampler = try Resampler.make(from: form, to: target.form, timebase: timebase)
  }

  private func closeResampler(_ each: (borrowing Packet) throws -> Void) throws {
    if let rest = try resampler?.finish() { try pass(rest, each) }
    resampler = nil
  }
}
