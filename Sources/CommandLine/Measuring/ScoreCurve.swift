import Foundations

/// Scores over time as a small picture of text: what falls, falls.
struct ScoreCurve {
  private let columns: [Double]
  private let least: Double
  private let most: Double
  private let isUnicode: Bool

  private static let rows = 4

  /// A curve over so many columns at most; each shows the worst of its frames.
  init(_ scores: [Double], columns: Int, isUnicode: Bool) {
    let width = min(columns, scores.count)
    self.columns = (0..<width).compactMap { column in
      scores[(column * scores.count / width)..<((column + 1) * scores.count / width)].min()
    }
    least = self.columns.min() ?? 0
    most = self.columns.max() ?? 0
    self.isUnicode = isUnicode
  }

  /// The lines, the highest scores first, with the range beside them.
  var lines: [String] {
    let signs: [Character] = isUnicode ? Array(" ▁▂▃▄▅▆▇█") : [" ", ".", ":", "#"]
    let steps = signs.count - 1
    let range = max(most - least, 0.01)
    // The lowest still shows as the lowest sign.
    let heights = columns.map { score in
      1 + Int(((score - least) / range * Double(Self.rows * steps - 1)).rounded())
    }
    return (0..<Self.rows).reversed().map { row in
      let text = heights.map { signs[min(max($0 - row * steps, 0), steps)] }
      let label = row == Self.rows - 1 ? most : row == 0 ? least : nil
      let beside = label.map { "  " + String($0, decimals: 2) } ?? ""
      return String(text) + beside
    }
  }
}
