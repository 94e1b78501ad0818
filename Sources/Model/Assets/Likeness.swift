/// What a picture or a film looks like, in 128 bits: alike ones differ in few of them.
///
/// How the bits are found is `Sight`'s matter. The second half tells a picture from which the edges
/// were cut: what is left of it looks like the middle of the whole one.
package struct Likeness: Sendable, Hashable {
  /// The most that two may differ to be shown as alike.
  package static let near = 12

  /// The whole picture.
  package let bits: UInt64
  /// Its middle.
  package let inner: UInt64

  /// A likeness by its bits.
  package init(bits: UInt64, inner: UInt64) {
    self.bits = bits
    self.inner = inner
  }

  /// How much two differ: from 0, the same, to 64.
  ///
  /// Unlike ones are about 30 apart.
  package func distance(to other: Likeness) -> Int {
    let whole = (bits ^ other.bits).nonzeroBitCount
    let middle = (inner ^ other.inner).nonzeroBitCount
    let cut = min(
      (bits ^ other.inner).nonzeroBitCount, (inner ^ other.bits).nonzeroBitCount)
    return min((whole + middle) / 2, cut)
  }
}
