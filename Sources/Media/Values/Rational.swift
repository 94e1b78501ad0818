import CFFmpeg

/// A fraction, as libav keeps frame rates, time bases and aspects: exact, never a rounded number.
package struct Rational: Sendable, Hashable, CustomStringConvertible {
  /// Above the line.
  package let numerator: Int
  /// Below the line; 0 stands for "not known".
  package let denominator: Int

  /// A fraction as given, not reduced.
  package init(_ numerator: Int, _ denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }

  init(_ raw: AVRational) { self.init(Int(raw.num), Int(raw.den)) }

  /// Nothing, where libav says 0/0, 0/1 or n/0 for what it does not know.
  static func known(_ raw: AVRational) -> Rational? {
    raw.num > 0 && raw.den > 0 ? Rational(raw) : nil
  }

  var raw: AVRational {
    AVRational(num: Int32(clamping: numerator), den: Int32(clamping: denominator))
  }

  /// The value, nil where the denominator is 0.
  package var double: Double? {
    denominator == 0 ? nil : Double(numerator) / Double(denominator)
  }

  /// The same value in lowest terms, with the sign above the line.
  package var reduced: Rational {
    var (a, b) = (numerator.magnitude, denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    guard a != 0 else { return self }
    let sign = denominator < 0 ? -1 : 1
    return Rational(sign * numerator / Int(a), sign * denominator / Int(a))
  }

  /// One over this.
  package var inverted: Rational { Rational(denominator, numerator) }

  /// "30000/1001".
  package var description: String { "\(numerator)/\(denominator)" }

  /// "16:9".
  package var ratio: String { "\(numerator):\(denominator)" }
}
