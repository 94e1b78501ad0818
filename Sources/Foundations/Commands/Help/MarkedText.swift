/// Text of the table in which `backticks` mark what is typed literally.
struct MarkedText {
  /// The pieces in order.
  let pieces: [(text: String, isLiteral: Bool)]

  init(_ text: String) {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    // A backtick without its partner marks nothing.
    let marked = parts.count.isMultiple(of: 2) ? [text[...]] : parts
    pieces = marked.enumerated().compactMap { place, part in
      part.isEmpty ? nil : (String(part), !place.isMultiple(of: 2))
    }
  }

  /// For a terminal: what is typed stands in quotation marks and has its style.
  var styled: StyledText {
    pieces.reduce(into: StyledText()) { line, piece in
      if piece.isLiteral { line += "'\(piece.text, .accent)'" } else { line.append(piece.text) }
    }
  }

  /// Without any marks but quotation marks.
  var plain: String { pieces.map { $0.isLiteral ? "'\($0.text)'" : $0.text }.joined() }
}
