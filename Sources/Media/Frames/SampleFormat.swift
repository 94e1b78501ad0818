import CFFmpeg

/// How sound samples lie in memory.
package struct SampleFormat: Sendable, Hashable, CustomStringConvertible {
  let raw: AVSampleFormat

  init(_ raw: AVSampleFormat) { self.raw = raw }
  init(rawValue: Int32) { raw = AVSampleFormat(rawValue) }

  package static let uint8 = SampleFormat(AV_SAMPLE_FMT_U8)
  package static let int16 = SampleFormat(AV_SAMPLE_FMT_S16)
  package static let int32 = SampleFormat(AV_SAMPLE_FMT_S32)
  package static let float = SampleFormat(AV_SAMPLE_FMT_FLT)
  package static let double = SampleFormat(AV_SAMPLE_FMT_DBL)
  package static let int16Planar = SampleFormat(AV_SAMPLE_FMT_S16P)
  package static let int32Planar = SampleFormat(AV_SAMPLE_FMT_S32P)
  package static let floatPlanar = SampleFormat(AV_SAMPLE_FMT_FLTP)

  /// libav's name ("fltp"), "unknown" where there is none.
  package var name: String {
    guard LibAV.isReady else { return "unknown" }
    return av_get_sample_fmt_name(raw).map { String(cString: $0) } ?? "unknown"
  }

  package var description: String { name }

  /// How many bytes a sample takes up.
  package var bytesPerSample: Int { LibAV.isReady ? Int(av_get_bytes_per_sample(raw)) : 0 }

  /// Whether each channel has a plane of its own.
  package var isPlanar: Bool { LibAV.isReady && av_sample_fmt_is_planar(raw) == 1 }
}
