import CFFmpeg

/// The display a film was graded on (SMPTE ST 2086), in exact fractions.
package struct MasteringDisplay: Sendable, Hashable {
  /// A point in the CIE 1931 diagram.
  package struct Chromaticity: Sendable, Hashable {
    package let x: Rational
    package let y: Rational

    /// A point by its coordinates.
    package init(x: Rational, y: Rational) {
      self.x = x
      self.y = y
    }
  }

  /// Red, green, blue and white; nil where only the luminance is told.
  package let primaries: (red: Chromaticity, green: Chromaticity, blue: Chromaticity)?
  /// The white point; nil where only the luminance is told.
  package let white: Chromaticity?
  /// In cd/m²; nil where only the colours are told.
  package let minimumLuminance: Rational?
  /// In cd/m²; nil where only the colours are told.
  package let maximumLuminance: Rational?

  /// A display by its primaries, white point and luminance in cd/m².
  package init(
    red: Chromaticity, green: Chromaticity, blue: Chromaticity, white: Chromaticity,
    minimumLuminance: Rational, maximumLuminance: Rational
  ) {
    primaries = (red, green, blue)
    self.white = white
    self.minimumLuminance = minimumLuminance
    self.maximumLuminance = maximumLuminance
  }

  init(_ raw: AVMasteringDisplayMetadata) {
    func point(_ pair: (AVRational, AVRational)) -> Chromaticity {
      Chromaticity(x: Rational(pair.0), y: Rational(pair.1))
    }
    let hasColours = raw.has_primaries != 0
    let hasLuminance = raw.has_luminance != 0
    let colours = raw.display_primaries
    primaries = hasColours ? (point(colours.0), point(colours.1), point(colours.2)) : nil
    white = hasColours ? point(raw.white_point) : nil
    minimumLuminance = hasLuminance ? Rational(raw.min_luminance) : nil
    maximumLuminance = hasLuminance ? Rational(raw.max_luminance) : nil
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.points == right.points && left.minimumLuminance == right.minimumLuminance
      && left.maximumLuminance == right.maximumLuminance
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(points)
    hasher.combine(minimumLuminance)
    hasher.combine(maximumLuminance)
  }

  private var points: [Chromaticity] {
    [primaries?.red, primaries?.green, primaries?.blue, white].compactMap { $0 }
  }
}

/// How bright the content gets (CTA-861.3), in cd/m².
package struct ContentLightLevel: Sendable, Hashable {
  /// The brightest pixel of the film (MaxCLL).
  package let maximum: Int
  /// The brightest frame on average (MaxFALL).
  package let maximumFrameAverage: Int

  /// Both levels in cd/m².
  package init(maximum: Int, maximumFrameAverage: Int) {
    self.maximum = maximum
    self.maximumFrameAverage = maximumFrameAverage
  }

  init(_ raw: AVContentLightMetadata) {
    maximum = Int(raw.MaxCLL)
    maximumFrameAverage = Int(raw.MaxFALL)
  }
}

/// A Dolby Vision stream's configuration record.
package struct DolbyVision: Sendable, Hashable {
  package let profile: Int
  package let level: Int
  package let versionMajor: Int
  package let versionMinor: Int
  /// Whether reference processing units (the dynamic data) are there.
  package let hasRPU: Bool
  /// Whether an enhancement layer is there.
  package let hasEnhancementLayer: Bool
  /// Whether a base layer is there.
  package let hasBaseLayer: Bool
  /// What a player without Dolby Vision sees: 0 nothing of use, 1 HDR10, 2 SDR, 4 HLG.
  package let compatibility: Int

  init(_ raw: AVDOVIDecoderConfigurationRecord) {
    profile = Int(raw.dv_profile)
    level = Int(raw.dv_level)
    versionMajor = Int(raw.dv_version_major)
    versionMinor = Int(raw.dv_version_minor)
    hasRPU = raw.rpu_present_flag != 0
    hasEnhancementLayer = raw.el_present_flag != 0
    hasBaseLayer = raw.bl_present_flag != 0
    compatibility = Int(raw.dv_bl_signal_compatibility_id)
  }
}
