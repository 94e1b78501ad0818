import Foundations
import Media

/// What people call the formats and codecs that libav has short names for.
enum FormatNames {
  private static let codecs: [String: String] = [
    "h264": "H.264", "hevc": "HEVC", "av1": "AV1", "vp8": "VP8", "vp9": "VP9",
    "mpeg2video": "MPEG-2", "mpeg4": "MPEG-4", "mpeg1video": "MPEG-1", "prores": "ProRes",
    "dnxhd": "DNxHR", "ffv1": "FFV1", "mjpeg": "JPEG", "png": "PNG", "apng": "APNG",
    "webp": "WebP", "gif": "GIF", "bmp": "BMP", "tiff": "TIFF", "theora": "Theora",
    "aac": "AAC", "opus": "Opus", "vorbis": "Vorbis", "flac": "FLAC", "mp3": "MP3", "mp2": "MP2",
    "ac3": "AC-3", "eac3": "E-AC-3", "dts": "DTS", "truehd": "TrueHD", "alac": "ALAC",
    "subrip": "SubRip", "ass": "ASS", "webvtt": "WebVTT", "mov_text": "MP4 text",
    "hdmv_pgs_subtitle": "PGS", "dvd_subtitle": "VobSub", "ttf": "TrueType", "otf": "OpenType",
  ]

  /// "H.264 High 4.0", "AAC LC".
  static func codec(_ stream: StreamDescription) -> String {
    var name = codecs[stream.codec] ?? stream.codec
    if stream.codec.hasPrefix("pcm_") {
      name = "PCM \(stream.codec.dropFirst(4))"
    }
    // A profile that is a bare number, or the codec's only one, tells people nothing.
    let isNamed = stream.profile.map { $0.first?.isNumber == false && $0 != "Main" } ?? false
    if stream.kind == .video || stream.kind == .audio, isNamed, let profile = stream.profile {
      name += " \(profile)"
    }
    if let level = level(stream) { name += " \(level)" }
    return name
  }

  private static func level(_ stream: StreamDescription) -> String? {
    guard let level = stream.level, level > 0 else { return nil }
    return switch stream.codec {
    case "h264": "\(level / 10).\(level % 10)"
    case "hevc": "\(level / 30).\(level % 30 / 3)"
    default: nil
    }
  }

  private static let containers: [String: String] = [
    "avi": "AVI", "mpegts": "MPEG-TS", "flac": "FLAC", "ogg": "Ogg", "wav": "WAV", "mp3": "MP3",
    "gif": "GIF", "apng": "APNG", "flv": "FLV", "aac": "AAC", "aiff": "AIFF", "srt": "SubRip",
    "png_pipe": "PNG", "jpeg_pipe": "JPEG", "webp_pipe": "WebP", "bmp_pipe": "BMP",
    "tiff_pipe": "TIFF",
  ]

  /// "MP4", "Matroska", "JPEG".
  static func container(_ report: MediaReport) -> String {
    if let known = containers[report.format] { return known }
    if report.format.hasPrefix("mov,") {
      return switch report.tags["major_brand"]?.trimmed {
      case "qt": "QuickTime"
      case "M4A", "M4B": "M4A"
      case "avif", "avis": "AVIF"
      case "heic", "heix", "mif1": "HEIF"
      default: "MP4"
      }
    }
    if report.format == "matroska,webm" {
      return FilePath(report.name).fileExtension == "webm" ? "WebM" : "Matroska"
    }
    return report.formatFullName ?? report.format
  }
}

extension String {
  fileprivate var trimmed: String { String(prefix { $0 != " " }) }
}
