/// What an output is held to from outside.
package struct OutputLimits: Sendable, Hashable {
  /// How large it may be, in percent of the source.
  package var maximumPercent: Double?
  /// Bits a sample that the pictures were encoded in.
  package var bitDepth = 10
  /// How good it was measured to be.
  package var quality: Quality?

  /// A measured quality and its target.
  package struct Quality: Sendable, Hashable {
    package let metric: String
    package let value: Double
    package let target: Double
    /// How far below the target is still good.
    package let tolerance: Double

    /// A quality by its parts; half a point below the target is good by custom.
    package init(metric: String, value: Double, target: Double, tolerance: Double = 0.5) {
      self.metric = metric
      self.value = value
      self.target = target
      self.tolerance = tolerance
    }
  }

  /// No limits.
  package init() {}
}
