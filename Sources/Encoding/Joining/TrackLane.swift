import Foundations
import Media

/// One stream's way from the source into the muxer, but for the film itself.
final class TrackLane {
  private enum Work {
    case copy
    case text(SubtitleConversion)
    case sound(SoundTrack)
  }

  private let work: Work
  private let timebase: Rational
  private let shift: TimeShift
  private let isCover: Bool
  private let codec: String
  private let delay: Int64
  private var counted = SourceTally()
  /// The stream's number in the output.
  let output: Int

  /// Adds the stream to the output.
  init(
    _ track: PlannedTrack, in container: OutputContainer, to muxer: inout Muxer, shift: TimeShift,
    limitSeconds: Double
  ) throws {
    self.shift = shift
    timebase = track.source.timebase
    isCover = track.isCover
    codec = track.codec
    let source = track.source
    delay = CodecDelay.ticks(of: source.parameters, in: container, timebase: timebase)
    switch track.treatment {
    case .film: preconditionFailure("the film has a way of its own")
    case .copy:
      work = .copy
      output = try muxer.addStream(copying: source)
    case .text(let conversion):
      work = .text(conversion)
      output = try muxer.addStream(
        conversion.parameters(timebase: timebase), settings: StreamSettings(like: source))
    case .sound(let target):
      let sound = try SoundTrack(
        source, to: target, in: container, shift: shift, limitSeconds: limitSeconds)
      work = .sound(sound)
      output = try muxer.addStream(sound.parameters, settings: StreamSettings(like: source))
    }
  }

  /// What went in so far.
  var tally: SourceTally {
    guard case .sound(let sound) = work else { return counted }
    var tally = counted
    tally.span = sound.span.map { SourceTally.Span(start: $0.start, end: $0.end) }
    tally.damagedPackets = sound.damagedPackets
    return tally
  }

  /// Takes a packet of the source; `write` is given what goes into the output.
  func take(_ packet: borrowing Packet, write: (borrowing Packet) throws -> Void) throws {
    if case .sound(let sound) = work {
      counted.packets += 1
      return try sound.take(packet, each: write)
    }
    // Cover pictures have no time.
    let offset = isCover ? 0 : shift.ticks(in: timebase)
    packet.presentationTicks = packet.presentationTicks.map { $0 + offset }
    packet.decodingTicks = packet.decodingTicks.map { $0 + offset }
    guard case .text(let conversion) = work else {
      counted.take(packet, codec: codec, timebase: timebase)
      packet.presentationTicks = packet.presentationTicks.map { $0 + delay }
      packet.decodingTicks = packet.decodingTicks.map { $0 + delay }
      return try write(packet)
    }
    guard let turned = try conversion.convert(packet) else { return }
    counted.take(turned, codec: codec, timebase: timebase)
    try write(turned)
  }

  /// Writes what is still held.
  func finish(write: (borrowing Packet) throws -> Void) throws {
    if case .sound(let sound) = work { try sound.finish(each: write) }
  }
}
