/// A small square picture of gray values.
package struct GrayPicture: Sendable, Equatable {
  /// How many values a side has.
  package let side: Int
  /// The values row by row, from 0 to 255.
  package let values: [Double]

  /// A picture of its values.
  package init(side: Int, values: [Double]) {
    precondition(values.count == side * side, "a square has as many values as its sides say")
    self.side = side
    self.values = values
  }

  /// A picture of bytes.
  package init(side: Int, bytes: [UInt8]) {
    self.init(side: side, values: bytes.map(Double.init))
  }

  /// The mean of some pictures of one size; nil of none.
  package static func mean(of pictures: [GrayPicture]) -> GrayPicture? {
    guard let first = pictures.first else { return nil }
    var sums = [Double](repeating: 0, count: first.values.count)
    for picture in pictures {
      for index in sums.indices { sums[index] += picture.values[index] }
    }
    return GrayPicture(side: first.side, values: sums.map { $0 / Double(pictures.count) })
  }

  /// The picture without a part of each edge, made to another size by the mean of what falls
  /// together.
  package func middle(cutting part: Double, side target: Int) -> GrayPicture {
    let start = part * Double(side)
    let step = (Double(side) - 2 * start) / Double(target)
    let shares = (0..<target).map { weights(from: start + Double($0) * step, length: step) }
    // First along the rows, then along the columns.
    var narrow = [Double](repeating: 0, count: side * target)
    for row in 0..<side {
      for column in 0..<target {
        var sum = 0.0
        for share in shares[column] { sum += values[row * side + share.index] * share.weight }
        narrow[row * target + column] = sum
      }
    }
    var result = [Double](repeating: 0, count: target * target)
    for row in 0..<target {
      for column in 0..<target {
        var sum = 0.0
        for share in shares[row] { sum += narrow[share.index * target + column] * share.weight }
        result[row * target + column] = sum
      }
    }
    return GrayPicture(side: target, values: result)
  }

  /// How much each value of a line counts in a part of it; in sum one.
  private func weights(from start: Double, length: Double) -> [(index: Int, weight: Double)] {
    let end = min(start + length, Double(side))
    return (Int(start)..<max(Int(start) + 1, Int(end.rounded(.up)))).compactMap { index in
      let share = min(end, Double(index + 1)) - max(start, Double(index))
      return index < side && share > 0 ? (index, share / length) : nil
    }
  }
}
