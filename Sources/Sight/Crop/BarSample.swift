package import Media

/// How many lines of bar a picture seems to have at each side.
package struct BarSample: Sendable, Hashable {
  /// Which frame it was.
  package let frame: Int
  /// Lines of bar by side: top, bottom, left, right.
  package let lines: [Int]
  /// What share of the first line within each side is picture.
  package let covered: [Double]

  /// A sample by its parts.
  package init(frame: Int, lines: [Int], covered: [Double]) {
    self.frame = frame
    self.lines = lines
    self.covered = covered
  }
}

extension BarSample {
  /// Beyond this share of a side, what is dark is no bar.
  private static let deepest = 0.45
  /// How much brighter than the range's own black a bar may be, in 8-bit steps.
  private static let brightest = 14.0

  /// Looks for bars in a picture; nil where it is too dark to tell.
  ///
  /// What is black is measured at each side's own outermost lines, and so is its noise: a bar is as
  /// far as lines stay as those are. Luma must be a plane of its own.
  package init?(of picture: borrowing VideoFrame, frame: Int) {
    var lines: [Int] = []
    var covered: [Double] = []
    for side in PictureSide.allCases {
      guard let found = Self.look(at: picture, from: side) else { return nil }
      lines.append(found.lines)
      covered.append(found.covered)
    }
    self.init(frame: frame, lines: lines, covered: covered)
  }

  private static func look(
    at picture: borrowing VideoFrame, from side: PictureSide
  ) -> (lines: Int, covered: Double)? {
    let depth = side == .top || side == .bottom ? picture.height : picture.width
    guard depth >= 16 else { return (0, 1) }
    let black = picture.colour.rangeName == "pc" ? 0.0 : 16.0
    let edge = (0..<2).map { picture.line($0, from: side, over: .infinity) }
    let level = edge.map(\.mean).min() ?? 0
    let isBar = edge.allSatisfy { $0.mean <= black + brightest }
    guard isBar else { return (0, 1) }
    let limit = level + tolerance(edge)
    for index in 0..<Int(Double(depth) * deepest) {
      let line = picture.line(index, from: side, over: limit)
      guard line.peak > limit || abs(line.mean - level) > 2 else { continue }
      // What coding has smeared over the edge is no measure for what is within.
      let within = [2, 8].map { min(index + $0, depth - 1) }.map {
        picture.line($0, from: side, over: limit).filled
      }
      return (index, max(line.filled, within.max() ?? 0))
    }
    return nil
  }

  /// How far the mean of eight neighbours may be above black: six of its standard deviations, as
  /// the unrest of the outermost lines tells them, and what coding adds.
  private static func tolerance(_ edge: [LineLook]) -> Double {
    let unrest = edge.map(\.unrest).min() ?? 0
    // Of white noise, neighbours are 2/√π deviations apart.
    let deviation = unrest * Double.pi.squareRoot() / 2
    return min(16, max(4, 2 + 6 * deviation / 8.0.squareRoot()))
  }
}
