import Encoding
import Testing

@Suite("A scored piece")
struct ScoredPieceTests {
  @Test("has the mean of its frames' scores, and none without frames")
  func mean() {
    #expect(ScoredPiece(scores: [90, 96], cpuSeconds: 0).mean == 93)
    #expect(ScoredPiece(scores: [], cpuSeconds: 0).mean == 0)
  }
}
