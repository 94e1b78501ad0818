import CFFmpeg
import Foundations

/// Decides which format some bytes are in, and which formats are not media at all.
enum FormatDetector {
  /// Formats that would make a text file a film, or lead from the file to somewhere else.
  private static let refused: Set<String> = [
    // Any text with the right extension is "terminal art" to libav.
    "tty", "bin", "xbin", "adf", "idf", "bintext",
    // Lists of other files or addresses.
    "hls", "applehttp", "dash", "concat", "sdp", "rtsp", "rtp", "imf", "image2", "lavfi",
    "webm_dash_manifest",
  ]

  /// The format of the bytes, or a refusal that says why.
  static func detect(
    _ io: ReadingIO, name: String, forced: String?
  ) throws(MediaFailure) -> UnsafePointer<AVInputFormat> {
    if let forced {
      guard let format = av_find_input_format(forced) else {
        throw MediaFailure(.badMediaSetting, "there is no format \(forced) to read \(name) as")
      }
      return format
    }
    var found: UnsafePointer<AVInputFormat>?
    var score = av_probe_input_buffer2(io.context, &found, neutralName(name), nil, 0, 0)
    if score >= 0, let format = found, String(cString: format.pointee.name) == "image2" {
      // Taken for a numbered series of pictures by its name alone; the bytes know better.
      found = nil
      score = av_probe_input_buffer2(io.context, &found, "media", nil, 0, 0)
    }
    guard score >= 0, let format = found else {
      if let cause = io.failure?.asFailure {
        throw MediaFailure(cause.code, cause.message, hint: cause.hint, cause: cause)
      }
      guard score != mediary_averror_exit else {
        throw MediaFailure(.stopped, "stopped while reading \(name)")
      }
      throw unrecognised(name)
    }
    let names = String(cString: format.pointee.name).split(separator: ",").map(String.init)
    // A weak guess from the bytes counts only where the name agrees: libav finds MPEG audio and
    // raw video in almost any noise.
    let isWeak = score <= AVPROBE_SCORE_MAX / 4
    guard refused.isDisjoint(with: names), !isWeak || matchesExtension(format, of: name) else {
      throw unrecognised(name)
    }
    return format
  }

  /// A name with nothing in it but the extension, which is all that a format may learn from it.
  static func neutralName(_ name: String) -> String {
    let fileExtension = FilePath(name).fileExtension
    let isPlain = fileExtension.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return isPlain && !fileExtension.isEmpty ? "media.\(fileExtension)" : "media"
  }

  private static func matchesExtension(_ format: UnsafePointer<AVInputFormat>, of name: String)
    -> Bool
  {
    av_match_ext(neutralName(name), format.pointee.extensions) != 0
  }

  private static func unrecognised(_ name: String) -> MediaFailure {
    MediaFailure(
      .notMedia, "\(name) is not in any media format that is known",
      hint: "`file` may tell what it is; a truncated MP4 or MOV has lost its index and shows so")
  }
}
