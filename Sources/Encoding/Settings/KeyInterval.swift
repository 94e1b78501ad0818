package import Media

/// The longest distance between key frames.
package enum KeyInterval: Sendable, Hashable {
  case frames(Int)
  case seconds(Double)

  /// Frames, or seconds with an s: "240", "10s".
  package init(text: String) throws(EncodingFailure) {
    if text.hasSuffix("s"), let value = Double(text.dropLast()), (0.1...600).contains(value) {
      self = .seconds(value)
    } else if let value = Int(text), (0...100_000).contains(value) {
      self = .frames(value)
    } else {
      throw .badSetting("--keyint", text, "frames from 0 to 100000, or seconds from 0.1s to 600s")
    }
  }

  /// In frames at a rate of frames over seconds; 24 a second where the rate is not known.
  package func frames(at rate: Rational) -> Int {
    switch self {
    case .frames(let count): return count
    case .seconds(let seconds):
      let perSecond = rate.double ?? 24
      return max(1, Int((seconds * min(max(perSecond, 1), 1_000)).rounded()))
    }
  }
}
