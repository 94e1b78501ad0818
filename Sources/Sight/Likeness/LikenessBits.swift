/// What a picture looks like, as bits that two pictures alike have in common.
package struct LikenessBits: Sendable, Hashable {
  /// The side of the picture that is looked at.
  package static let side = 64
  /// How much of each edge the second half leaves out.
  ///
  /// A cut of up to half of it is within what the first half bears, one of up to one and a half
  /// times it within the second.
  static let cut = 0.05

  /// Of the whole picture.
  package let whole: UInt64
  /// Of its middle.
  package let middle: UInt64

  /// Looks at a picture; nil where it is even, since all even pictures would be alike.
  package init?(of picture: GrayPicture) {
    let waves = Waves(of: picture.middle(cutting: 0, side: Waves.side))
    if waves.isEven { return nil }
    whole = waves.bits
    middle = Waves(of: picture.middle(cutting: Self.cut, side: Waves.side)).bits
  }

  /// How much two differ, as `Model.Likeness` counts it.
  package func distance(to other: LikenessBits) -> Int {
    let (straight, inner) = (whole ^ other.whole, middle ^ other.middle)
    let cut = min((whole ^ other.middle).nonzeroBitCount, (middle ^ other.whole).nonzeroBitCount)
    return min((straight.nonzeroBitCount + inner.nonzeroBitCount) / 2, cut)
  }
}
