import Foundations

/// What happens while a film is encoded.
package enum EncodingEvent: Sendable {
  /// A segment was measured by a probe or an encode of it.
  case measured(segment: Int, crf: Double, quality: Double?, isProbe: Bool, isReused: Bool)
  /// A segment could not be encoded so, and is tried in another way.
  case retried(segment: Int, because: String)
  /// A segment is done; it may be encoded again once, for the mean of all.
  case done(segment: Int, EncodingProgress)
}

/// How far an encode is.
package struct EncodingProgress: Sendable, Hashable {
  package var segmentsDone = 0
  package var segments = 0
  package var framesDone = 0
  package var frames = 0
  /// The bytes of the segments that are done.
  package var bytes: Int64 = 0
  /// Their mean quality; nil where nothing is measured.
  package var quality: Double?
  /// How long it has gone on.
  package var elapsed = Duration.zero

  /// Frames that were done a second.
  package var framesPerSecond: Double {
    let (seconds, rest) = elapsed.components
    let time = Double(seconds) + Double(rest) / 1e18
    return time > 0 ? Double(framesDone) / time : 0
  }

  /// How large all of it will be at this rate; nil before the first segment.
  package var expectedBytes: Int64? {
    framesDone > 0 ? Int64(Double(bytes) * Double(frames) / Double(framesDone)) : nil
  }
}
