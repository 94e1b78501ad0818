package import Media

extension MasteringDisplay {
  /// A P3 display of 1,000 cd/m².
  package static let sample = MasteringDisplay(
    red: Chromaticity(x: Rational(34_000, 50_000), y: Rational(16_000, 50_000)),
    green: Chromaticity(x: Rational(13_250, 50_000), y: Rational(34_500, 50_000)),
    blue: Chromaticity(x: Rational(7_500, 50_000), y: Rational(3_000, 50_000)),
    white: Chromaticity(x: Rational(15_635, 50_000), y: Rational(16_450, 50_000)),
    minimumLuminance: Rational(50, 10_000), maximumLuminance: Rational(10_000_000, 10_000))
}
