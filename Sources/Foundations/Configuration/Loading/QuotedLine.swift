/// A line of a file as it is shown with a problem, and what of it the problem concerns.
package struct QuotedLine: Sendable, Equatable {
  /// One sign for each column, so that the caret stands where it should.
  private let signs: [Unicode.Scalar]
  private let column: Int
  private let width: Int
  private let isCut: Bool

  // A line of a file may be a megabyte long; somebody looks at it in a window.
  private static let longest = 100

  /// A line with `width` columns marked from `column` on, of which only so many are shown.
  init(_ line: String, column: Int, width: Int, showing count: Int) {
    let all = Array(line.unicodeScalars)
    let end = max(0, min(count, all.count))
    let start = max(0, min(column - 1, end) - Self.longest / 2)
    let shown = all[start..<min(end, start + Self.longest)].map(Self.visible)
    isCut = start > 0
    signs = shown + (end < all.count ? [" ", "…"] : start + Self.longest < end ? ["…"] : [])
    self.column = min(column - 1 - start, signs.count)
    self.width = max(1, min(width, signs.count - self.column))
  }

  /// Tabs and signs that a terminal would act on take one column, like any other.
  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar == "\t" { return " " }
    return TerminalSafe.line(String(scalar)) == String(scalar) ? scalar : "\u{FFFD}"
  }

  /// The line with its number in front, and the caret's line.
  func text(line number: Int) -> String {
    let label = "  \(number)"
    let beginning = isCut ? "…" : ""
    var text = "\(label) | \(beginning)"
    text.unicodeScalars.append(contentsOf: signs)
    let margin = String(repeating: " ", count: label.count)
    let space = String(repeating: " ", count: column + beginning.count)
    return text + "\n\(margin) | \(space)" + String(repeating: "^", count: width)
  }
}
