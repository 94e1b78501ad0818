package import FFmpegTool

/// A set of parameters that goes together, as drapto has come to it.
package enum EncodeProfile: String, Sendable, CaseIterable {
  /// For all films.
  case standard = "default"
  /// As drapto's first plan was, with CRFs for streaming.
  case plan
  /// For pictures without grain, which bear more.
  case clean
  /// For pictures with grain; the same as the default by now.
  case grain
  /// For a quick look.
  case quick

  /// The CRFs where no target is searched.
  package var crf: CRFByWidth {
    switch self {
    case .standard, .grain: CRFByWidth(sd: 24, hd: 26, uhd: 26)
    case .plan: CRFByWidth(sd: 25, hd: 25, uhd: 29)
    case .clean: CRFByWidth(sd: 27, hd: 29, uhd: 29)
    case .quick: CRFByWidth(sd: 32, hd: 35, uhd: 36)
    }
  }

  /// The preset.
  package var preset: Int { self == .quick ? 8 : 6 }

  /// Which of the three CRFs a width takes.
  ///
  /// The plan calls what is wider than 1920 UHD; the others call HD what has at least 1920, and UHD
  /// what has at least 3840.
  package func size(ofWidth width: Int) -> CRFByWidth.Size {
    if self == .plan { return width <= 1280 ? .sd : width <= 1920 ? .hd : .uhd }
    return width < 1920 ? .sd : width < 3840 ? .hd : .uhd
  }

  /// SVT-AV1's parameters in the order they are told.
  package var parameters: [AV1Settings.Parameter] {
    let acBias: String
    switch self {
    case .plan:
      return [.init("tune", "0"), .init("film-grain", "0"), .init("film-grain-denoise", "0")]
    case .standard, .grain, .quick: acBias = "0.1"
    case .clean: acBias = "0.05"
    }
    return [
      .init("ac-bias", acBias), .init("enable-variance-boost", "0"), .init("tune", "0"),
      .init("scd", "1"), .init("scm", "0"), .init("film-grain", "0"),
      .init("film-grain-denoise", "0"),
    ]
  }
}
