package import FFmpegTool
package import Media

extension EncodeSettings {
  /// What the encoder is told, and what of the profile it could not be told.
  package struct Meaning: Sendable, Hashable {
    /// With the CRF by width, which a search replaces.
    package var settings: AV1Settings
    /// Parameters of the profile's that the encoder lacks; what a user named is never left out.
    package var leftOut: [String]
  }

  /// The encoder's settings for pictures so wide, at a rate of frames over seconds.
  ///
  /// - Parameters:
  ///   - takesQuarters: whether the encoder takes CRFs in quarters.
  ///   - knows: whether it has a parameter; asked for the profile's own alone, since a parameter
  ///     that a user named is refused by the encoder's wrapper.
  package func meaning(
    width: Int, rate: Rational, takesQuarters: Bool, knows: (AV1Settings.Parameter) -> Bool
  ) throws(EncodingFailure) -> Meaning {
    try check()
    let crf = (self.crf ?? profile.crf)[profile.size(ofWidth: width)]
    guard takesQuarters || crf % 4 == 0 else {
      throw .badSetting("--crf", "\(Double(crf) / 4)", "a whole number with this encoder")
    }
    let named = self.named
    let own = profile.parameters.filter { parameter in
      !named.contains { $0.key == parameter.key }
    }
    let settings = AV1Settings(
      crfQuarters: crf, preset: preset ?? profile.preset,
      keyInterval: keyInterval.frames(at: rate), parameters: own.filter(knows) + named)
    return Meaning(settings: settings, leftOut: own.filter { !knows($0) }.map(\.key))
  }

  /// The parameters that the user named, by options of their own first.
  private var named: [AV1Settings.Parameter] {
    var named: [AV1Settings.Parameter] = []
    if let tune { named.append(.init("tune", "\(tune)")) }
    if let filmGrain { named.append(.init("film-grain", "\(filmGrain)")) }
    if let filmGrainDenoise {
      named.append(.init("film-grain-denoise", filmGrainDenoise ? "1" : "0"))
    }
    return named + svt
  }

  /// The quality that is searched; nil where the CRF is fixed, or the program measures nothing.
  package func goal(isHDR: Bool, program: FFmpegProgram) throws(EncodingFailure) -> QualityGoal? {
    try check()
    // In one go it is the CRF of the film's width, unless a quality is asked for.
    guard crf == nil, mode != .standard || target != nil else { return nil }
    guard program.metrics.contains(metric) else {
      guard target == nil, metric == .vmaf else {
        throw EncodingFailure(
          .encodingBadSetting,
          "\(program.path) \(program.version) cannot measure \(metric.rawValue)",
          hint: "install an ffmpeg that can, or give a --crf instead of a target")
      }
      return nil
    }
    return QualityGoal(
      metric: metric, target: target ?? (isHDR ? 95 : 93), takesQuarters: program.takesQuarters)
  }
}
