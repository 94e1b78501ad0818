package import FFmpegTool

/// The quality that a film is to have, and how near is near enough.
package struct QualityGoal: Sendable, Hashable {
  package let metric: QualityMetric
  /// The mean over all frames that is aimed at.
  package let target: Double
  /// How far nineteen of twenty segments may be off.
  package let tolerance: Double
  /// How far a segment may be off without being encoded again.
  ///
  /// A little more than the tolerance: who encodes again for a tenth of a point pays a whole encode
  /// for what nobody sees, and few segments end up in between.
  package let patience: Double
  /// How far the mean of the film may be off.
  package let titleTolerance: Double
  /// The CRFs that may be chosen, in quarters.
  ///
  /// Below 5 nothing is to be seen any more, only paid for.
  package let range: ClosedRange<Int>
  /// 1 where the encoder takes quarters, 4 where it takes whole CRFs.
  package let step: Int

  /// A goal with the tolerances of its metric.
  package init(
    metric: QualityMetric = .vmaf, target: Double, takesQuarters: Bool = true,
    range: ClosedRange<Int> = 20...252
  ) {
    self.metric = metric
    self.target = target
    tolerance = metric == .vmaf ? 1.5 : 0.75
    patience = tolerance * 1.08
    titleTolerance = metric == .vmaf ? 0.5 : 0.25
    self.range = range
    step = takesQuarters ? 1 : 4
  }

  /// On what scale its curve is straight.
  var scale: QualityScale { QualityScale(metric: metric) }

  /// The nearest CRF in quarters that may be chosen.
  func rounded(_ crf: Double) -> Int {
    guard crf.isFinite else { return crf < 0 ? range.lowerBound : range.upperBound }
    let inside = min(max(crf * 4, Double(range.lowerBound)), Double(range.upperBound))
    return Int((inside / Double(step)).rounded()) * step
  }
}
