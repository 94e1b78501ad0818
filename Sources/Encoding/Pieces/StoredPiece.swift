/// A piece with its scores, as the store keeps it.
package struct StoredPiece: Sendable, Hashable {
  package let key: PieceKey
  package let piece: EncodedPiece
  package let scored: ScoredPiece
  /// Whether it was there already.
  package let isReused: Bool
}
