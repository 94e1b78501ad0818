import CFFmpeg

/// What a stream carries.
package enum StreamKind: String, Sendable, CaseIterable {
  case video, audio, subtitle, data, attachment, unknown

  init(_ raw: AVMediaType) {
    self =
      switch raw {
      case AVMEDIA_TYPE_VIDEO: .video
      case AVMEDIA_TYPE_AUDIO: .audio
      case AVMEDIA_TYPE_SUBTITLE: .subtitle
      case AVMEDIA_TYPE_DATA: .data
      case AVMEDIA_TYPE_ATTACHMENT: .attachment
      default: .unknown
      }
  }
}
