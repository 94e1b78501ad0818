/// One line of a child's output, without what ended it.
package struct OutputLine: Sendable, Hashable, CustomStringConvertible {
  /// The text; bytes that are not UTF-8 became U+FFFD.
  package let text: String
  /// Whether the line was longer than allowed and its rest was dropped.
  package let isCut: Bool

  package var description: String { text }
}

/// Cuts a stream of bytes into lines, wherever the pieces happen to end.
///
/// A line ends with `\n`, `\r\n`, or a lone `\r`, with which ffmpeg and others write progress
/// over the same terminal line.
package struct LineSplitter: Sendable {
  private static let feed = UInt8(ascii: "\n")
  private static let `return` = UInt8(ascii: "\r")

  private let longest: Int
  private var line: [UInt8] = []
  private var isCut = false
  private var endedByReturn = false

  /// A splitter whose lines have at most `longest` bytes; the rest of a longer one is dropped.
  package init(longest: Int) { self.longest = max(1, longest) }

  /// Takes the next piece; answers the lines that end in it.
  package mutating func take(_ bytes: [UInt8]) -> [OutputLine] {
    var lines: [OutputLine] = []
    var rest = bytes[...]
    if !rest.isEmpty { skipSecondHalf(&rest) }
    while let end = rest.firstIndex(where: { $0 == Self.feed || $0 == Self.return }) {
      add(rest[..<end])
      lines.append(endLine())
      endedByReturn = rest[end] == Self.return
      rest = rest[(end + 1)...]
      if !rest.isEmpty { skipSecondHalf(&rest) }
    }
    add(rest)
    return lines
  }

  /// Passes over the `\n` of an `\r\n`, whose halves may come in different pieces.
  private mutating func skipSecondHalf(_ rest: inout ArraySlice<UInt8>) {
    if endedByReturn, rest.first == Self.feed { rest.removeFirst() }
    endedByReturn = false
  }

  private mutating func add(_ piece: ArraySlice<UInt8>) {
    let room = longest - line.count
    line += piece.prefix(room)
    if piece.count > room { isCut = true }
  }

  /// The last line, if the stream did not end with a line's end.
  package mutating func finish() -> OutputLine? {
    line.isEmpty && !isCut ? nil : endLine()
  }

  private mutating func endLine() -> OutputLine {
    defer {
      line.removeAll(keepingCapacity: true)
      isCut = false
    }
    return OutputLine(text: String(decoding: line, as: UTF8.self), isCut: isCut)
  }
}
