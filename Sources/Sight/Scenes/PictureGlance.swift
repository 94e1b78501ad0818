package import Media

/// A frame made so small that only what it shows on the whole is left: for telling scenes apart.
package struct PictureGlance: Sendable {
  /// Values of luma in a row, and rows.
  static let columns = 64
  static let rows = 36
  /// Values of each chroma in a row, and rows.
  static let halfColumns = columns / 2
  static let halfRows = rows / 2

  /// Luma row by row, in 8-bit steps.
  let luma: [Float]
  /// Luma and both chromas, each made as small as chroma, one after the other.
  let coarse: [Float]

  /// A glance at a frame whose luma is a plane of its own.
  package init(of frame: borrowing VideoFrame) {
    func means(_ plane: Int, _ columns: Int, _ rows: Int) -> [Float] {
      frame.boxMeans(ofPlane: plane, columns: columns, rows: rows).map { Float($0) / 64 }
    }
    let luma = means(0, Self.columns, Self.rows)
    let chromas = frame.planes >= 3 ? [1, 2] : []
    self.init(
      luma: luma, chromas: chromas.flatMap { means($0, Self.halfColumns, Self.halfRows) })
  }

  /// A glance of its values; no chroma at all is none anywhere.
  package init(luma: [Float], chromas: [Float]) {
    precondition(luma.count == Self.columns * Self.rows, "a glance has one size")
    self.luma = luma
    var coarse: [Float] = []
    coarse.reserveCapacity(3 * Self.halfColumns * Self.halfRows)
    for row in 0..<Self.halfRows {
      for column in 0..<Self.halfColumns {
        let place = 2 * row * Self.columns + 2 * column
        let below = place + Self.columns
        coarse.append((luma[place] + luma[place + 1] + luma[below] + luma[below + 1]) / 4)
      }
    }
    let none = [Float](repeating: 128, count: 2 * Self.halfColumns * Self.halfRows)
    self.coarse = coarse + (chromas.isEmpty ? none : chromas)
  }

  /// How even it is: the standard deviation of luma.
  var spread: Float {
    let count = Self.halfColumns * Self.halfRows
    var (sum, squares): (Float, Float) = (0, 0)
    for index in 0..<count {
      sum += coarse[index]
      squares += coarse[index] * coarse[index]
    }
    let mean = sum / Float(count)
    return max(0, squares / Float(count) - mean * mean).squareRoot()
  }

  /// How much there is to see in it: how far neighbours in luma are apart.
  package var texture: Float {
    var sum: Float = 0
    for row in 0..<Self.rows - 1 {
      for column in 0..<Self.columns - 1 {
        let place = row * Self.columns + column
        sum += abs(luma[place] - luma[place + 1])
        sum += abs(luma[place] - luma[place + Self.columns])
      }
    }
    return sum / Float((Self.rows - 1) * (Self.columns - 1))
  }
}
