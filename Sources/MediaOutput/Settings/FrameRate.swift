package import Media

/// Rates of frames as people write them.
package enum FrameRate {
  /// The fraction of a number: 29.97 and its like are the television's thousandths.
  package static func rational(_ rate: Double) -> Rational {
    for whole in [24, 30, 48, 60, 120, 240] where abs(rate - Double(whole) * 1_000 / 1_001) < 0.005
    {
      return Rational(whole * 1_000, 1_001)
    }
    return Rational(Int((rate * 1_000).rounded()), 1_000).reduced
  }
}
