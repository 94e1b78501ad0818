/// Where a scene begins.
package struct SceneChange: Sendable, Hashable {
  /// How it begins.
  package enum Kind: Sendable, Hashable { case cut, fade, dissolve }

  /// The scene's first frame; in the middle of what happens slowly.
  package let frame: Int
  package let kind: Kind
  /// How certain it is, 0 to 1.
  package let score: Double

  /// A change by its parts.
  package init(frame: Int, kind: Kind, score: Double) {
    self.frame = frame
    self.kind = kind
    self.score = score
  }
}
