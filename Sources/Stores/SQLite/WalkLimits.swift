/// Where one way through the indexes is left for another.
package struct WalkLimits: Sendable {
  /// So many assets are sorted rather than met on a walk in another order.
  ///
  /// Of a million, a walk meets a hundred of ten thousand after as many steps.
  package var sortedAtMost: Int64 = 10_000
  /// So many assets are asked one by one whether their texts answer.
  package var askedAtMost: Int64 = 500
  /// So many assets of a word are gathered before the texts are walked.
  package var gatheredAtMost: Int64 = 50_000
  /// So many of the newest that answer are weighed for the best.
  ///
  /// Weighing takes some microseconds each, and common words are in every other text.
  package var weighedAtMost = 5_000

  /// The limits that have proved themselves (docs/decisions/0012-catalogue.md).
  package init() {}
}
