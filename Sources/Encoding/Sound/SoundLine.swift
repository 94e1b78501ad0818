import Media

/// Puts pieces of sound one after the other without gaps or overlaps, by their times.
///
/// Encoders count samples and know no times. Where the source has a hole (a damaged packet, a cut in a
/// broadcast), silence goes in, and where two pieces claim the same moment, the later one begins
/// later. What is less than can be told from a coarse clock is left alone.
struct SoundLine {
  /// As far as times may be from the count of samples, in seconds; lips are out of step from 45 ms.
  private static let tolerance = 0.03

  private let form: SoundForm
  /// Past this sample no time is believed: a damaged clock would make hours of silence.
  private let limit: Int64
  /// The sample that comes next; nil before the first.
  private(set) var next: Int64?
  /// The first sample's number.
  private(set) var first: Int64?
  /// Samples of silence that were put in.
  private(set) var silence: Int64 = 0
  /// Samples that were left out.
  private(set) var leftOut: Int64 = 0

  init(form: SoundForm, limitSeconds: Double) {
    self.form = form
    limit = Int64(limitSeconds * Double(form.sampleRate))
  }

  /// Takes a piece and hands on what is to be encoded, with its time in samples.
  mutating func put(
    _ frame: consuming AudioFrame, each: (borrowing AudioFrame) throws -> Void
  ) throws {
    let told = frame.presentationTicks
    guard let expected = next else {
      let start = told ?? 0
      (first, next) = (start, start)
      return try pass(frame, from: start, each)
    }
    let gap = (told ?? expected) - expected
    let tolerated = Int64(Self.tolerance * Double(form.sampleRate))
    guard gap.magnitude > tolerated, expected + gap <= limit else {
      return try pass(frame, from: expected, each)
    }
    if gap > 0 {
      try fill(gap, each)
      return try pass(frame, from: expected + gap, each)
    }
    let overlap = Int(min(-gap, Int64(frame.samples)))
    leftOut += Int64(overlap)
    guard overlap < frame.samples else { return }
    try pass(try rest(of: frame, from: overlap), from: expected, each)
  }

  private mutating func pass(
    _ frame: consuming AudioFrame, from start: Int64, _ each: (borrowing AudioFrame) throws -> Void
  ) throws {
    var frame = frame
    frame.presentationTicks = start
    next = start + Int64(frame.samples)
    try each(frame)
  }

  private mutating func fill(
    _ samples: Int64, _ each: (borrowing AudioFrame) throws -> Void
  ) throws {
    silence += samples
    var left = samples
    while left > 0, let start = next {
      let count = Int(min(left, Int64(form.sampleRate)))
      var frame = try empty(count)
      quieten(&frame)
      try pass(frame, from: start, each)
      left -= Int64(count)
    }
  }

  private func rest(of frame: borrowing AudioFrame, from start: Int) throws -> AudioFrame {
    var rest = try empty(frame.samples - start)
    for plane in 0..<rest.planes {
      let stride = form.format.isPlanar ? 1 : form.layout.channels
      let source = frame.plane(plane, as: Float.self)
      var target = rest.mutablePlane(plane, as: Float.self)
      for index in target.indices { target[index] = source[start * stride + index] }
    }
    return rest
  }

  private func quieten(_ frame: inout AudioFrame) {
    for plane in 0..<frame.planes {
      var target = frame.mutablePlane(plane, as: Float.self)
      for index in target.indices { target[index] = 0 }
    }
  }

  private func empty(_ samples: Int) throws(MediaFailure) -> AudioFrame {
    precondition(form.format.bytesPerSample == 4, "encoders here take sound as fractions")
    return try AudioFrame.make(
      samples: samples, format: form.format, layout: form.layout, sampleRate: form.sampleRate)
  }
}
