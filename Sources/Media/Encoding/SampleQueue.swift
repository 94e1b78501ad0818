import CFFmpeg

/// Samples that wait until there are enough for a frame of the size an encoder wants.
struct SampleQueue: ~Copyable {
  private let handle: OpaquePointer

  static func make(_ form: SoundForm) throws(MediaFailure) -> SampleQueue {
    guard let handle = av_audio_fifo_alloc(form.format.raw, Int32(form.layout.channels), 1024)
    else { throw MediaFailure(.mediaOutOfMemory, "no memory for samples") }
    return SampleQueue(handle: handle)
  }

  private init(handle: OpaquePointer) { self.handle = handle }

  deinit { av_audio_fifo_free(handle) }

  /// How many wait.
  var count: Int { Int(av_audio_fifo_size(handle)) }

  /// Takes the samples of a frame in.
  func append(_ frame: borrowing AudioFrame) throws(MediaFailure) {
    let status = LibAV.call {
      av_audio_fifo_write(
        handle, Self.planes(frame.handle), frame.handle.pointee.nb_samples)
    }
    guard status >= 0 else { throw MediaFailure(libav: status, "keep", "samples") }
  }

  /// Fills a frame from the front.
  func take(into frame: borrowing AudioFrame) throws(MediaFailure) {
    let status = LibAV.call {
      av_audio_fifo_read(handle, Self.planes(frame.handle), frame.handle.pointee.nb_samples)
    }
    guard status >= 0 else { throw MediaFailure(libav: status, "take out", "samples") }
  }

  /// libav's declaration says `void **` where the frame has `uint8_t **`.
  private static func planes(
    _ frame: UnsafeMutablePointer<AVFrame>
  ) -> UnsafeMutablePointer<UnsafeMutableRawPointer?>? {
    UnsafeMutableRawPointer(frame.pointee.extended_data)?
      .assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
  }
}
