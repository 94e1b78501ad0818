/// The scores of a film's frames over time, thinned to what can be drawn.
struct ScoreSeries: Sendable {
  /// One column of the drawing: the frames that fall into it.
  struct Column: Sendable {
    let seconds: Double
    let least: Double
    let most: Double
    let mean: Double
  }

  let columns: [Column]

  /// Scores with the moments they are of; no more columns than asked for.
  init(_ scores: [Double], at seconds: (Int) -> Double, columns most: Int) {
    let count = min(most, scores.count)
    columns = (0..<count).map { column in
      let range = column * scores.count / count..<(column + 1) * scores.count / count
      let part = scores[range]
      return Column(
        seconds: seconds((range.lowerBound + range.upperBound - 1) / 2),
        least: part.min() ?? 0, most: part.max() ?? 0,
        mean: part.reduce(0, +) / Double(max(part.count, 1)))
    }
  }

  /// The mean as a line through a drawing so large.
  func line(_ time: TimeScale, _ scale: ScoreScale, width: Double, height: Double) -> Markup {
    path(columns, time, width) { height * scale.place($0.mean) }
  }

  /// From the worst to the best of each column, as an area; nothing where each holds one frame.
  func band(_ time: TimeScale, _ scale: ScoreScale, width: Double, height: Double) -> Markup? {
    guard columns.contains(where: { $0.least < $0.most }) else { return nil }
    let upper = path(columns, time, width) { height * scale.place($0.most) }
    let lower = columns.reversed().map { column -> Markup in
      "L\(width * time.place(column.seconds)) \(height * scale.place(column.least))"
    }
    return "\(upper)\(Markup(joined: lower))Z"
  }

  private func path(
    _ columns: [Column], _ time: TimeScale, _ width: Double, _ height: (Column) -> Double
  ) -> Markup {
    Markup(
      joined: columns.enumerated().map { place, column in
        "\(place == 0 ? "M" : "L")\(width * time.place(column.seconds)) \(height(column))"
      })
  }
}
