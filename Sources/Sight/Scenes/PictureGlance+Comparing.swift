/// How two glances differ.
struct GlanceDifference {
  /// The mean of the differences, in 8-bit steps.
  let mean: Float
  /// What share of the places is changed; the rest stayed as it was.
  let changed: Float
}

extension PictureGlance {
  /// How much chroma counts beside luma.
  private static let chromaWeight: Float = 0.75

  /// How far another is from this one.
  ///
  /// Each place is compared with the nearest of the nine about it, so that what moves a little
  /// counts little.
  package func distance(to other: PictureGlance) -> Float { difference(to: other).mean }

  /// How far another is from this one, and on how much of the picture.
  func difference(to other: PictureGlance) -> GlanceDifference {
    let places = lumaDifferences(to: other)
    let chroma = chromaDifferences(to: other)
    let columns = Self.columns
    var sum: Float = 0
    for value in places { sum += value }
    var chromaSum: Float = 0
    for value in chroma { chromaSum += value }
    let mean = sum / Float(places.count) + Self.chromaWeight * chromaSum / Float(chroma.count)
    let limit = max(1.5, mean / 4)
    var changed = 0
    for row in 0..<Self.rows {
      for column in 0..<columns {
        let place = row * columns + column
        let half = row / 2 * Self.halfColumns + column / 2
        if places[place] + Self.chromaWeight * chroma[half] > limit { changed += 1 }
      }
    }
    return GlanceDifference(mean: mean, changed: Float(changed) / Float(places.count))
  }

  private func lumaDifferences(to other: PictureGlance) -> [Float] {
    let (columns, rows) = (Self.columns, Self.rows)
    let (ours, theirs) = (luma.span, other.luma.span)
    var result = [Float](repeating: 0, count: columns * rows)
    for row in 0..<rows {
      let above = max(0, row - 1) * columns
      let here = row * columns
      let below = min(rows - 1, row + 1) * columns
      for column in 0..<columns {
        let value = ours[here + column]
        let left = max(0, column - 1)
        let right = min(columns - 1, column + 1)
        var least = abs(value - theirs[here + column])
        for line in [above, here, below] {
          least = min(least, abs(value - theirs[line + left]))
          least = min(least, abs(value - theirs[line + column]))
          least = min(least, abs(value - theirs[line + right]))
        }
        result[here + column] = least
      }
    }
    return result
  }

  private func chromaDifferences(to other: PictureGlance) -> [Float] {
    let count = Self.halfColumns * Self.halfRows
    let (ours, theirs) = (coarse.span, other.coarse.span)
    return (0..<count).map { place in
      abs(ours[count + place] - theirs[count + place])
        + abs(ours[2 * count + place] - theirs[2 * count + place])
    }
  }
}
