import FFmpegTool
import Foundations

/// Whether there is an ffmpeg for what is done by a child process, and what it lacks.
struct FFmpegChecks {
  private let search: FFmpegSearch

  private static let group = "Encoding"

  init(_ search: FFmpegSearch) { self.search = search }

  var all: [Check] {
    [programCheck, encoderCheck, metricCheck(.vmaf), metricCheck(.xpsnr), quartersCheck]
      + passedOver
  }

  private var program: FFmpegProgram? { search.program }

  private func check(
    _ name: String, ok isOK: Bool, found: String?, needed: String, hint: String
  ) -> Check {
    Check(
      Self.group, name, ok: isOK, required: false, found: found, needed: needed, hint: hint)
  }

  private var programCheck: Check {
    check(
      "ffmpeg", ok: program != nil, found: program.map { "\($0.path): \($0.version)" },
      needed: "an ffmpeg with SVT-AV1",
      hint: "films cannot be encoded as AV1; \(FFmpegSearch.installing)")
  }

  private var encoderCheck: Check {
    let version = program?.encoderVersion
    return check(
      "SVT-AV1", ok: (version.flatMap { Int($0.prefix(while: \.isNumber)) } ?? 0) >= 2,
      found: version, needed: "2 or newer",
      hint: "without it parameters are missing, and encodes are larger; "
        + FFmpegSearch.installing)
  }

  private func metricCheck(_ metric: QualityMetric) -> Check {
    let able = (try? search.requireProgram(measuring: metric))?.path
    let missing =
      metric == .vmaf
      ? "no quality can be aimed at or measured by VMAF" : "nothing can be measured by XPSNR"
    return check(
      metric == .vmaf ? "libvmaf" : "xpsnr", ok: able != nil, found: able?.text,
      needed: "an ffmpeg that measures it", hint: "\(missing); \(FFmpegSearch.installing)")
  }

  private var quartersCheck: Check {
    let takesQuarters = program?.takesQuarters ?? false
    return check(
      "CRF in quarters", ok: takesQuarters, found: takesQuarters ? "yes" : "whole steps only",
      needed: "an SVT-AV1 that takes them",
      hint: "a target quality is met less closely; \(FFmpegSearch.installing)")
  }

  /// What was named or installed on purpose and cannot be used.
  private var passedOver: [Check] {
    search.candidates.compactMap { candidate in
      guard case .failure(let failure) = candidate.outcome else { return nil }
      return check(
        "ffmpeg passed over", ok: false, found: "\(candidate.path): \(failure.message)",
        needed: "an ffmpeg that works",
        hint: candidate.source == .named
          ? "correct MEDIARY_FFMPEG, or `ffmpeg` in the configuration"
          : FFmpegSearch.installing)
    }
  }
}
