import CFFmpeg
import Glibc

/// What some encoders must be told in parameters of their own, because libav's wrapper does not:
/// how many threads, to keep quiet, and the static HDR data.
struct EncoderDialect {
  /// The option that holds the parameters.
  private let option: String
  private let parameters: [(key: String, value: String)]

  /// The dialect of an encoder, nil where libav's own settings say everything.
  init?(_ settings: VideoEncoderSettings) {
    let (display, light) = (settings.masteringDisplay, settings.lightLevel)
    switch settings.codec {
    case "libx264", "libx264rgb":
      option = "x264-params"
      parameters = Self.present([
        ("mastering-display", display?.whole), ("cll", light?.pair),
      ])
    case "libx265":
      option = "x265-params"
      // It prints to the terminal by itself, past libav's log.
      parameters = Self.present([
        ("log-level", "none"), ("pools", String(max(1, settings.threads))),
        ("master-display", display?.whole), ("max-cll", light?.pair),
      ])
    case "libsvtav1":
      Self.quietSVT
      option = "svtav1-params"
      parameters = Self.present([
        ("lp", String(max(1, settings.threads))),
        ("mastering-display", display?.decimal), ("content-light", light?.pair),
      ])
    default: return nil
    }
  }

  /// Refuses presets and tunings that x264 and x265 do not have: they would print what they think of
  /// them to the terminal, past libav's log.
  static func checkPresets(_ settings: VideoEncoderSettings) throws(MediaFailure) {
    let tunings: [String]
    switch settings.codec {
    case "libx264", "libx264rgb":
      tunings = [
        "film", "animation", "grain", "stillimage", "psnr", "ssim", "fastdecode", "zerolatency",
      ]
    case "libx265":
      tunings = ["psnr", "ssim", "grain", "zerolatency", "fastdecode", "animation"]
    default: return
    }
    let presets = [
      "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower",
      "veryslow", "placebo",
    ]
    for option in settings.options {
      let (known, given): ([String], [Substring]) =
        switch option.key {
        case "preset": (presets + (0...9).map(String.init), [option.value[...]])
        case "tune": (tunings, option.value.split { [",", "-", ".", "/", "+"].contains($0) })
        default: ([], [])
        }
      for word in given where !known.contains(String(word)) {
        throw MediaFailure(
          .badMediaSetting, "\(settings.codec) has no \(option.key) \"\(word)\"",
          hint: "use \(known.joined(separator: ", "))")
      }
    }
  }

  private static func present(
    _ parameters: [(key: String, value: String?)]
  ) -> [(key: String, value: String)] {
    parameters.compactMap { parameter in parameter.value.map { (parameter.key, $0) } }
  }

  /// SVT-AV1 prints to the terminal by itself and has no other switch than the environment.
  ///
  /// Set once, before its first use, and never where somebody has set it already.
  private static let quietSVT: Void = { setenv("SVT_LOG", "0", 0) }()

  /// The options with these parameters put before the caller's own, which have the last word.
  func completing(
    _ options: [(key: String, value: String)]
  ) -> [(key: String, value: String)] {
    guard !parameters.isEmpty else { return options }
    let ours = parameters.map { "\($0.key)=\($0.value)" }.joined(separator: ":")
    guard let place = options.firstIndex(where: { $0.key == option }) else {
      return options + [(option, ours)]
    }
    var options = options
    options[place].value = ours + ":" + options[place].value
    return options
  }
}

extension MasteringDisplay {
  /// As x264 and x265 take it: 50,000ths and 10,000ths, whole numbers.
  fileprivate var whole: String? {
    text { value, unit in String(Int((value * Double(unit)).rounded())) }
  }

  /// As SVT-AV1 takes it: decimal fractions.
  fileprivate var decimal: String? {
    text { value, unit in
      // Written by hand: as many digits as the unit can tell, and no exponent.
      let whole = Int((value * Double(unit)).rounded())
      let digits = String(whole % unit * (100_000 / unit) + 100_000).dropFirst()
      return "\(whole / unit).\(digits)"
    }
  }

  /// The parts in the order all of them use; nil where a part is missing.
  private func text(_ number: (_ value: Double, _ unit: Int) -> String) -> String? {
    guard let primaries, let white, let low = minimumLuminance?.double,
      let high = maximumLuminance?.double
    else { return nil }
    func point(_ letter: String, _ point: Chromaticity) -> String {
      "\(letter)(\(number(point.x.double ?? 0, 50_000)),\(number(point.y.double ?? 0, 50_000)))"
    }
    return point("G", primaries.green) + point("B", primaries.blue) + point("R", primaries.red)
      + point("WP", white) + "L(\(number(high, 10_000)),\(number(low, 10_000)))"
  }
}

extension ContentLightLevel {
  fileprivate var pair: String { "\(maximum),\(maximumFrameAverage)" }
}
