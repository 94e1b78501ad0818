import FFmpegTool

extension AV1Settings {
  /// These settings at another CRF.
  func with(_ crfQuarters: Int) -> AV1Settings {
    var settings = self
    settings.crfQuarters = crfQuarters
    return settings
  }

  /// These settings for a cheap probe.
  func probing(_ crfQuarters: Int) -> AV1Settings {
    var settings = with(crfQuarters)
    settings.preset = max(preset, ProbeSample.preset)
    return settings
  }

  /// A faster preset without anything out of the ordinary, for what the encoder fails on otherwise.
  var simplest: AV1Settings {
    AV1Settings(
      crfQuarters: crfQuarters, preset: max(preset, 8), keyInterval: keyInterval, parameters: [])
  }
}
