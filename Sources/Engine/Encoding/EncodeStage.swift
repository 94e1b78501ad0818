/// What an encode is at.
package enum EncodeStage: String, Sendable, CaseIterable {
  case analysis
  case segmentation
  case encoding
  /// Sound is encoded while all is joined.
  case muxing
  case validation
  case done

  /// Its part of the whole work, for one bar over all of it.
  package var share: ClosedRange<Double> {
    switch self {
    case .analysis: 0...0.08
    case .segmentation: 0.08...0.08
    case .encoding: 0.08...0.94
    case .muxing: 0.94...0.97
    case .validation: 0.97...1
    case .done: 1...1
    }
  }

  /// How much of the whole work is done when so much of this stage is.
  package func whole(at fraction: Double) -> Double {
    share.lowerBound + (share.upperBound - share.lowerBound) * fraction
  }
}
