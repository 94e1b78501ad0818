import Media

/// What a decoder throws away at the beginning of a track, and how Matroska tells it.
///
/// A block's time there is that of its first sample that is heard, if it had any (RFC 9559, 5.1.4.1.28:
/// CodecDelay is subtracted from each). libav 5.1 subtracts it when it reads, and does not add it when
/// it writes: sound would come early by as much.
enum CodecDelay {
  /// What is to be added to the times of a track's packets before libav writes them.
  static func ticks(
    of parameters: CodecParameters, in container: OutputContainer, timebase: Rational
  ) -> Int64 {
    guard container != .mp4, parameters.codec == "opus" else { return 0 }
    // Behind "OpusHead", a version and the number of channels (RFC 7845, 5.1).
    let header = parameters.header
    guard header.count >= 12 else { return 0 }
    let samples = Int64(header[10]) | Int64(header[11]) << 8
    return MediaTime(ticks: samples, timebase: Rational(1, 48_000)).rescaled(to: timebase).ticks
  }

  /// Whether packets that hold nothing but what is thrown away have to be left out, since the
  /// container cannot tell it.
  static func leavesOut(_ codec: SoundTarget.Codec, in container: OutputContainer) -> Bool {
    codec == .aac && container != .mp4
  }
}
