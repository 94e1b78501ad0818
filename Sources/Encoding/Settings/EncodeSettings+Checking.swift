package import FFmpegTool

extension EncodeSettings {
  /// The pixels that SVT-AV1 takes.
  package static let pixelFormats = ["yuv420p10le", "yuv420p"]

  /// Parameters that have an option of their own, which must not be told twice.
  private static let options = [
    "crf": "--crf", "qp": "--crf", "rc": "--crf", "preset": "--preset", "keyint": "--keyint",
    "tune": "--tune", "film-grain": "--film-grain", "film-grain-denoise": "--film-grain-denoise",
  ]

  /// Refuses the first value that an encode does not take, with its option and what it may be.
  package func check() throws(EncodingFailure) {
    try check("--preset", preset, 0...13)
    try check("--film-grain", filmGrain, 0...50)
    try check("--tune", tune, 0...5)
    try check("--workers", workers, 1...256)
    if let percent = maxEncodedPercent, !(1...1_000).contains(percent) {
      throw .badSetting("--max-encoded-percent", "\(percent)", "1 to 1000")
    }
    guard Self.pixelFormats.contains(pixelFormat) else {
      throw .badSetting("--pix-fmt", pixelFormat, Self.pixelFormats.joined(separator: " or "))
    }
    try checkTarget()
    try checkParameters()
  }

  /// A parameter as it is typed: "key=value".
  package static func parameter(_ text: String) throws(EncodingFailure) -> AV1Settings.Parameter {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, isPlain else {
      throw .badSetting("--svt", text, "key=value, without spaces and colons")
    }
    return AV1Settings.Parameter(String(parts[0]), String(parts[1]))
  }

  private func checkTarget() throws(EncodingFailure) {
    if crf != nil, target != nil {
      throw .badSetting("--crf", "with --target-vmaf", "one of the two")
    }
    switch (metric, target) {
    case (.vmaf, let target?) where !(20...99.9).contains(target):
      throw .badSetting("--target-vmaf", "\(target)", "20 to 99.9")
    case (.xpsnr, let target?) where !(20...70).contains(target):
      throw .badSetting("--target-vmaf", "\(target)", "20 to 70 decibels, by XPSNR")
    case (.xpsnr, nil) where crf == nil:
      // At VMAF 93, scenes were measured from 26 to 47 dB: no number is right for all films.
      throw .badSetting(
        "--quality-metric", "xpsnr", "with a target of its own, in decibels: --target-vmaf 40")
    default: break
    }
  }

  private func checkParameters() throws(EncodingFailure) {
    var seen: Set<String> = []
    for parameter in svt {
      if let option = Self.options[parameter.key] {
        throw .badSetting("--svt", parameter.key, "given by \(option)")
      }
      guard seen.insert(parameter.key).inserted else {
        throw .badSetting("--svt", parameter.key, "given once")
      }
    }
  }

  private func check(
    _ option: String, _ value: Int?, _ range: ClosedRange<Int>
  ) throws(EncodingFailure) {
    guard let value, !range.contains(value) else { return }
    throw .badSetting(option, "\(value)", "\(range.lowerBound) to \(range.upperBound)")
  }
}

extension EncodingFailure {
  /// A value that an option does not take, and what it does.
  static func badSetting(_ option: String, _ value: String, _ allowed: String) -> EncodingFailure {
    EncodingFailure(
      .encodingBadSetting, "\(option) cannot be \(value)", hint: "it can be \(allowed)")
  }
}
