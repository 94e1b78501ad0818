import CFFmpeg
import Foundations

/// Decides which format some bytes are in, and which formats are not media at all.
enum FormatDetector {
  /// Formats that would make a text file a film, or lead from the file to somewhere else.
  private static let refused: Set<String> = reachingOut.union([
    // Any text with the right extension is "terminal art" to libav.
    "tty", "bin", "xbin", "adf", "idf", "bintext",
  ])

  /// Lists of other files or addresses: refused even where somebody names them on purpose.
  private static let reachingOut: Set<String> = [
    "hls", "applehttp", "dash", "concat", "sdp", "rtsp", "rtp", "imf", "image2", "lavfi",
    "webm_dash_manifest",
  ]

  /// A format, and whether the bytes themselves tell it or only the file's name.
  struct Detection {
    let format: UnsafePointer<AVInputFormat>
    let isCertain: Bool
  }

  /// The format of the bytes, or a refusal that says why.
  static func detect(
    _ io: ReadingIO, name: String, forced: String?
  ) throws(MediaFailure) -> Detection {
    if let forced {
      guard let format = av_find_input_format(forced) else {
        throw MediaFailure(.badMediaSetting, "there is no format \(forced) to read \(name) as")
      }
      guard reachingOut.isDisjoint(with: forced.split(separator: ",").map(String.init)) else {
        throw MediaFailure(
          .mediaReachesOut, "\(name) would be read as \(forced), which leads to other files")
      }
      return Detection(format: format, isCertain: true)
    }
    // The bytes first, without a name: by its name alone libav takes a text for terminal art and
    // any picture for a numbered series. A weak guess counts only where the name agrees, since
    // MPEG audio and raw video are found in almost any noise.
    if let found = try probe(io, "media", name), found.score > AVPROBE_SCORE_MAX / 4 {
      return Detection(format: found.format, isCertain: true)
    }
    guard let found = try probe(io, neutralName(name), name),
      av_match_ext(neutralName(name), found.format.pointee.extensions) != 0
    else { throw unrecognised(name) }
    return Detection(format: found.format, isCertain: false)
  }

  private static func probe(
    _ io: ReadingIO, _ shownName: String, _ name: String
  ) throws(MediaFailure) -> (format: UnsafePointer<AVInputFormat>, score: Int32)? {
    var found: UnsafePointer<AVInputFormat>?
    let score = av_probe_input_buffer2(io.context, &found, shownName, nil, 0, 0)
    if let cause = io.failure?.asFailure {
      throw MediaFailure(cause.code, cause.message, hint: cause.hint, cause: cause)
    }
    if let reason = io.stopReason {
      let stopped = StoppedFailure(reason)
      throw MediaFailure(stopped.code, "\(stopped.message) while reading \(name)", cause: stopped)
    }
    guard score >= 0, let format = found else { return nil }
    let names = String(cString: format.pointee.name).split(separator: ",").map(String.init)
    return refused.isDisjoint(with: names) ? (format, score) : nil
  }

  /// A name with nothing in it but the extension, which is all that a format may learn from it.
  static func neutralName(_ name: String) -> String {
    let fileExtension = FilePath(name).fileExtension
    let isPlain = fileExtension.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    return isPlain && !fileExtension.isEmpty ? "media.\(fileExtension)" : "media"
  }

  /// The refusal of bytes that are no media.
  static func unrecognised(_ name: String) -> MediaFailure {
    MediaFailure(
      .notMedia, "\(name) is not in any media format that is known",
      hint: "`file` may tell what it is; a truncated MP4 or MOV has lost its index and shows so")
  }
}
