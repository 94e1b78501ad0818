import CFFmpeg

/// Some samples of sound with their time: one owner, freed for certain.
package struct AudioFrame: ~Copyable, @unchecked Sendable {
  // Sendable for the same reasons as VideoFrame.
  let handle: UnsafeMutablePointer<AVFrame>

  /// An empty frame for a decoder, filter or resampler to fill.
  package init() throws(MediaFailure) {
    try LibAV.load(.core)
    guard let handle = av_frame_alloc() else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for samples")
    }
    self.handle = handle
  }

  /// Makes a frame with memory of its own; the samples are not set.
  package static func make(
    samples: Int, format: SampleFormat, layout: ChannelLayout, sampleRate: Int
  ) throws(MediaFailure) -> AudioFrame {
    let frame = try AudioFrame()
    frame.handle.pointee.nb_samples = Int32(clamping: samples)
    frame.handle.pointee.format = format.raw.rawValue
    frame.handle.pointee.sample_rate = Int32(clamping: sampleRate)
    layout.withRaw { _ = av_channel_layout_copy(&frame.handle.pointee.ch_layout, $0) }
    let status = LibAV.call { av_frame_get_buffer(frame.handle, 0) }
    guard status >= 0 else {
      throw MediaFailure(libav: status, "make a frame of", "\(samples) samples \(format.name)")
    }
    return frame
  }

  private init(owning handle: UnsafeMutablePointer<AVFrame>) { self.handle = handle }

  deinit {
    var handle: UnsafeMutablePointer<AVFrame>? = handle
    av_frame_free(&handle)
  }

  /// A second owner of the same samples; nothing is copied.
  package func retained() throws(MediaFailure) -> AudioFrame {
    guard let copy = av_frame_clone(handle) else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for samples")
    }
    return AudioFrame(owning: copy)
  }

  /// How many samples each channel has.
  package var samples: Int { Int(handle.pointee.nb_samples) }
  package var format: SampleFormat { SampleFormat(rawValue: handle.pointee.format) }
  package var sampleRate: Int { Int(handle.pointee.sample_rate) }
  package var layout: ChannelLayout { ChannelLayout(handle.pointee.ch_layout) }

  /// Rate, format and layout together.
  package var form: SoundForm {
    SoundForm(sampleRate: sampleRate, format: format, layout: layout)
  }

  /// When it is heard, in ticks of the stream's time base; nil where nothing tells it.
  package var presentationTicks: Int64? {
    get {
      let best = handle.pointee.best_effort_timestamp
      if best != mediary_nopts { return best }
      return handle.pointee.pts == mediary_nopts ? nil : handle.pointee.pts
    }
    set {
      handle.pointee.pts = newValue ?? mediary_nopts
      handle.pointee.best_effort_timestamp = newValue ?? mediary_nopts
    }
  }

  /// How many planes: one a channel where the format is planar, else one.
  package var planes: Int { format.isPlanar ? layout.channels : 1 }

  /// A plane's samples for reading: one channel's, or all channels' interleaved.
  @_lifetime(borrow self)
  package func plane<Sample: BitwiseCopyable>(_ index: Int, as sample: Sample.Type) -> Span<Sample>
  {
    let shape = shape(ofPlane: index, sampleSize: MemoryLayout<Sample>.stride)
    let start = UnsafeRawPointer(shape.start).assumingMemoryBound(to: Sample.self)
    return _overrideLifetime(
      UnsafeBufferPointer(start: start, count: shape.count).span, borrowing: self)
  }

  /// A plane's samples for writing.
  @_lifetime(&self)
  package mutating func mutablePlane<Sample: BitwiseCopyable>(
    _ index: Int, as sample: Sample.Type
  ) -> MutableSpan<Sample> {
    precondition(av_frame_is_writable(handle) > 0, "somebody else holds these samples")
    let shape = shape(ofPlane: index, sampleSize: MemoryLayout<Sample>.stride)
    let start = UnsafeMutableRawPointer(shape.start).assumingMemoryBound(to: Sample.self)
    return _overrideLifetime(
      UnsafeMutableBufferPointer(start: start, count: shape.count).mutableSpan, mutating: &self)
  }

  private func shape(
    ofPlane index: Int, sampleSize: Int
  ) -> (start: UnsafeMutablePointer<UInt8>, count: Int) {
    precondition(index >= 0 && index < planes, "there is no plane \(index)")
    precondition(sampleSize == format.bytesPerSample, "samples have \(format.bytesPerSample) bytes")
    // Past eight channels the planes are found through extended_data alone.
    guard let start = handle.pointee.extended_data[index] else {
      preconditionFailure("the frame has no samples")
    }
    return (start, samples * (format.isPlanar ? 1 : layout.channels))
  }
}
