import CFFmpeg

/// Turns sound from one rate, sample format and channel layout into another.
///
/// What it holds back while it looks ahead comes out of `finish`: no sample is lost or added but for
/// the rounding of the rate. Frames come out with their times counted in samples of the target's
/// rate.
package struct Resampler: ~Copyable {
  private let handle: OpaquePointer
  /// What it takes.
  package let source: SoundForm
  /// What it makes.
  package let target: SoundForm
  /// What the times of the frames that come in are counted in.
  private let timebase: Rational
  /// The time of the next sample to come out, in samples; nil until a frame told one.
  private var next: Int64?

  /// Prepares a conversion; `timebase` is that of the frames' times, samples unless told otherwise.
  ///
  /// A layout that only says how many channels there are is refused: which speaker each is for
  /// decides how they are mixed, and is never guessed. Say in `source` what they are to be taken
  /// for, and frames of as many channels pass.
  package static func make(
    from source: SoundForm, to target: SoundForm, timebase: Rational? = nil
  ) throws(MediaFailure) -> Resampler {
    try LibAV.load(.core)
    for form in [source, target] {
      guard form.sampleRate > 0, form.layout.channels > 0, form.format.bytesPerSample > 0 else {
        throw MediaFailure(.badMediaSetting, "sound cannot be \(form)")
      }
      guard form.layout.hasKnownOrder else {
        throw MediaFailure(
          .badMediaSetting, "it is not known which speakers \(form.layout) are for",
          hint: "say which layout it is to be taken for, \"stereo\" or \"5.1\"; it is never guessed"
        )
      }
    }
    var made: OpaquePointer?
    let status = LibAV.call {
      let status = source.layout.withRaw { from in
        target.layout.withRaw { to in
          swr_alloc_set_opts2(
            &made, to, target.format.raw, Int32(clamping: target.sampleRate), from,
            source.format.raw, Int32(clamping: source.sampleRate), 0, nil)
        }
      }
      return status < 0 ? status : swr_init(made)
    }
    guard let handle = made else {
      throw MediaFailure(.mediaOutOfMemory, "no memory to convert sound to \(target)")
    }
    let resampler = Resampler(
      handle: handle, source: source, target: target, timebase: timebase ?? source.timebase)
    guard status >= 0 else {
      throw MediaFailure(
        libav: status, "convert sound from", "\(source) to \(target)", code: .badMediaSetting)
    }
    return resampler
  }

  private init(handle: OpaquePointer, source: SoundForm, target: SoundForm, timebase: Rational) {
    self.handle = handle
    self.source = source
    self.target = target
    self.timebase = timebase
  }

  deinit {
    var handle: OpaquePointer? = handle
    swr_free(&handle)
  }

  /// Converts a frame; nil where it was too short for anything to come out yet.
  package mutating func convert(_ frame: borrowing AudioFrame) throws(MediaFailure) -> AudioFrame? {
    let form = frame.form
    let isSameLayout =
      form.layout == source.layout
      || !form.layout.hasKnownOrder && form.layout.channels == source.layout.channels
    guard form.sampleRate == source.sampleRate, form.format == source.format, isSameLayout else {
      throw MediaFailure(
        .badMediaSetting, "sound of \(form) came to a conversion from \(source)",
        hint: "make a conversion anew where the sound changes")
    }
    if let ticks = frame.presentationTicks { meet(ticks) }
    return try convert(frame.handle.pointee.extended_data, frame.handle.pointee.nb_samples)
  }

  /// Fetches what is still inside after the last frame; nil where there is nothing.
  package mutating func finish() throws(MediaFailure) -> AudioFrame? { try convert(nil, 0) }

  /// Sets the time of the next sample by that of a frame, which follows what is still inside.
  ///
  /// Sound that goes on is counted on, so that a coarse time base (Matroska's milliseconds) makes
  /// neither gaps nor overlaps; a jump of more than its rounding is a jump.
  private mutating func meet(_ ticks: Int64) {
    let told =
      av_rescale_q(ticks, timebase.raw, target.timebase.raw)
      - swr_get_delay(handle, Int64(target.sampleRate))
    let tick = av_rescale_q(1, timebase.raw, target.timebase.raw)
    guard let counted = next, abs(told - counted) <= tick + 1 else {
      next = told
      return
    }
  }

  private mutating func convert(
    _ data: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?, _ count: Int32
  ) throws(MediaFailure) -> AudioFrame? {
    let room = swr_get_out_samples(handle, count)
    guard room > 0 else { return nil }
    var result = try AudioFrame.make(
      samples: Int(room), format: target.format, layout: target.layout,
      sampleRate: target.sampleRate)
    // The samples are only read; C's type says so and Swift's of the frame does not.
    let input = UnsafeRawPointer(data)?.assumingMemoryBound(to: UnsafePointer<UInt8>?.self)
    let status = LibAV.call {
      swr_convert(
        handle, result.handle.pointee.extended_data, room, UnsafeMutablePointer(mutating: input),
        count)
    }
    guard status >= 0 else {
      throw MediaFailure(libav: status, "convert", "sound of \(source) to \(target)")
    }
    guard status > 0 else { return nil }
    result.handle.pointee.nb_samples = status
    result.presentationTicks = next
    next = next.map { $0 + Int64(status) }
    return result
  }
}
