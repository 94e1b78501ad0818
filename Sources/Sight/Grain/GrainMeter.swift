package import Media

/// Measures how noisy a film is: the standard deviation of its noise in 8-bit steps.
///
/// Texture looks like noise, but hardly any picture has it everywhere: what counts is the quietest
/// tenth of the blocks that are neither black nor burnt out.
package struct GrainMeter: Sendable {
  /// In the quietest tenth of the blocks white noise measures so much less than it is.
  private static let shortfall = 0.88
  private static let quietest = 0.1
  private static let told = 20.0...232.0
  private static let fewest = 8

  private var samples: [Double] = []

  /// A meter that has seen nothing.
  package init() {}

  /// Looks at a frame, whose luma must be a plane of its own.
  package mutating func look(at frame: borrowing VideoFrame) {
    if let noise = Self.noise(of: frame.blocks()) { samples.append(noise) }
  }

  /// The noise in the blocks of one picture; nil where there is too little to see.
  package static func noise(of blocks: [BlockLook]) -> Double? {
    let told = blocks.filter { Self.told.contains($0.mean) }.map(\.noise).sorted()
    guard told.count >= fewest else { return nil }
    return told[Int(Double(told.count) * quietest)] / shortfall
  }

  /// The noise of the film: that of its middle sample; 0 where nothing was to be seen.
  package var deviation: Double {
    samples.isEmpty ? 0 : samples.sorted()[samples.count / 2]
  }
}
