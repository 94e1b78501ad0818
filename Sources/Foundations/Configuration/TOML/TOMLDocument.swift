/// A line and a column, both from 1; a column is a Unicode scalar.
package struct TOMLPosition: Sendable, Equatable {
  /// The line.
  package let line: Int
  /// The column.
  package let column: Int

  /// A position by its numbers.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// Something that is not TOML, or not allowed there.
package struct TOMLProblem: Error, Sendable, Equatable {
  /// The bytes it concerns.
  package let place: Range<Int>
  /// What is wrong; one sentence without a full stop, and without any value of the text.
  package let message: String
  /// The word that stands there; it may be a secret without its quotes.
  package let word: String?
  /// What to write instead, where that is clear.
  package let hint: String?
  /// The whole key whose value was being read; empty where the trouble is with a key or a header.
  package var path: [String] = []

  init(_ place: Range<Int>, _ message: String, word: String? = nil, hint: String? = nil) {
    self.place = place
    self.message = message
    self.word = word
    self.hint = hint
  }
}

/// A text in TOML: what it says, what is wrong with it, and where each of both stands.
package struct TOMLDocument: Sendable {
  /// What could be read, problems or not.
  package let root: TOMLTable
  /// What could not, in the order of the text.
  package let problems: [TOMLProblem]
  private let bytes: [UInt8]
  private let lineStarts: [Int]

  init(root: TOMLTable, problems: [TOMLProblem], bytes: [UInt8]) {
    self.root = root
    self.problems = problems
    self.bytes = bytes
    lineStarts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  /// The line and column of a byte; past the end it is the end.
  package func position(of offset: Int) -> TOMLPosition {
    let offset = min(max(0, offset), bytes.count)
    let line = lineIndex(of: offset)
    let before = String(decoding: bytes[lineStarts[line]..<offset], as: UTF8.self)
    return TOMLPosition(line: line + 1, column: before.unicodeScalars.count + 1)
  }

  /// A line's text without its end; empty past the last.
  package func line(_ number: Int) -> String {
    guard lineStarts.indices.contains(number - 1) else { return "" }
    let rest = bytes[lineStarts[number - 1]...]
    let line = rest.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    return String(decoding: line, as: UTF8.self)
  }

  /// How many columns of the first line a place covers, at least one.
  package func width(of place: Range<Int>) -> Int {
    let place = place.clamped(to: 0..<bytes.count)
    let covered = bytes[place].prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    return max(1, String(decoding: covered, as: UTF8.self).unicodeScalars.count)
  }

  /// The text of a place, as it was written.
  package func text(of place: Range<Int>) -> String {
    String(decoding: bytes[place.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  private func lineIndex(of offset: Int) -> Int {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
