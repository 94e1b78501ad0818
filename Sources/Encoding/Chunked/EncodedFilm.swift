/// All segments of a film, encoded.
package struct EncodedFilm: Sendable {
  /// In the order of the film.
  package let segments: [EncodedSegment]

  /// What all of them took.
  package var work: SegmentEffort {
    segments.reduce(SegmentEffort()) { $0 + $1.work }
  }

  /// The mean over all frames that were measured; nil where none was.
  package var quality: Double? {
    let scores = segments.flatMap(\.scores)
    return scores.isEmpty ? nil : ScoredPiece(scores: scores, cpuSeconds: 0).mean
  }

  /// The bytes of all pieces.
  package var bytes: Int64 { segments.reduce(0) { $0 + $1.piece.bytes } }
}
