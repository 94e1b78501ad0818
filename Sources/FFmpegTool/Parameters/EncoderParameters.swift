/// The names of SVT-AV1's parameters, for what somebody may have meant; the encoder alone decides.
enum EncoderParameters {
  /// Those that a program's encoder should know.
  static func known(to program: FFmpegProgram) -> [String] {
    (program.encoderMajor ?? 0) >= 2 ? lasting + newer : lasting
  }

  private static let lasting = [
    "aq-mode", "bias-pct", "buf-initial-sz", "buf-optimal-sz", "buf-sz", "chroma-sample-position",
    "color-primaries", "color-range", "content-light", "crf", "enable-cdef", "enable-dlf",
    "enable-overlays", "enable-restoration", "enable-stat-report", "enable-tf", "enable-tpl-la",
    "fast-decode", "film-grain", "film-grain-denoise", "force-key-frames", "hierarchical-levels",
    "input-depth", "irefresh-type", "keyint", "level", "lookahead", "mastering-display",
    "matrix-coefficients", "max-qp", "maxsection-pct", "mbr", "min-qp", "minsection-pct",
    "overshoot-pct", "pin", "pred-struct", "profile", "recode-loop", "scd", "scm",
    "sframe-dist", "sframe-mode", "tbr", "tile-columns", "tile-rows",
    "transfer-characteristics", "tune", "undershoot-pct",
  ]

  private static let newer = [
    "ac-bias", "adaptive-film-grain", "enable-qm", "enable-variance-boost", "luminance-qp-bias",
    "max-tx-size", "noise-norm-strength", "qm-max", "qm-min", "qp-scale-compress-strength",
    "sharpness", "startup-mg-size", "tf-strength", "variance-boost-curve",
    "variance-boost-strength",
    "variance-octile",
  ]
}
