/// Runs a property many times with random input; the printed seed runs it again as it was.
///
///     SEED=1234 swift test --filter JSONRoundTripTests
package func property(
  _ promise: String, times: Int = 200, _ body: (inout Seeded) throws -> Void
) throws {
  var random = Seeded()
  print("property: \(promise): SEED=\(random.seed)")
  for _ in 0..<times { try body(&random) }
}

extension String {
  /// A random text of up to `count` signs from all of Unicode, controls and quotes among them.
  package static func random(
    upTo count: Int, using generator: inout some RandomNumberGenerator
  ) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...count, using: &generator) {
      text.append(.random(using: &generator))
    }
    return String(text)
  }
}

extension Unicode.Scalar {
  /// A random scalar: often a plain or a dangerous one, sometimes any.
  package static func random(using generator: inout some RandomNumberGenerator) -> Self {
    let range: ClosedRange<UInt32> =
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: 0...0x1F
      case 1: 0x7F...0xA0
      case 2: 0x300...0x36F  // marks that combine
      case 3: 0x2028...0x2029
      case 4: 0xE000...0x10FFFF
      default: 0x20...0x7E
      }
    let value = UInt32.random(in: range, using: &generator)
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }
}
