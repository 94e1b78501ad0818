/// What people look for in texts: words, "phrases", and beginnings of words with a `*`.
///
/// All of it must be there. Marks that stand alone mean nothing, so that no text is an error but one
/// without a word.
package struct TextQuery: Sendable, Equatable {
  /// One thing to be found.
  package enum Term: Sendable, Equatable {
    case word(String)
    case beginning(String)
    case phrase([String])
  }

  package let terms: [Term]

  /// Reads what somebody typed.
  package init(_ text: String) throws(ModelFailure) {
    var terms: [Term] = []
    for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
    {
      if index % 2 == 1 {
        let words = Self.words(part)
        if !words.isEmpty { terms.append(words.count == 1 ? .word(words[0]) : .phrase(words)) }
        continue
      }
      for piece in part.split(whereSeparator: \.isWhitespace) {
        let words = Self.words(piece)
        guard let last = words.last else { continue }
        terms += words.dropLast().map { .word($0) }
        terms.append(piece.hasSuffix("*") ? .beginning(last) : .word(last))
      }
    }
    guard !terms.isEmpty else {
      throw ModelFailure(.modelBadValue, "there is no word to look for")
    }
    guard terms.count <= 32 else {
      throw ModelFailure(.modelBadValue, "up to 32 words are looked for at once")
    }
    self.terms = terms
  }

  private static func words(_ text: Substring) -> [String] {
    text.split { !$0.isLetter && !$0.isNumber && !$0.unicodeScalars.contains { $0.value > 0x2E80 } }
      .map(String.init)
  }
}

/// What hits come first.
package enum SearchRanking: String, Sendable, CaseIterable {
  case newest
  /// The best, of the newest some thousands.
  case best
}

/// An asset whose texts answer a query.
package struct SearchHit: Sendable, Equatable {
  package let asset: Asset
  /// Where it was found: name, prompt, notes, transcript, screen.
  package let field: String
  /// Some words around it.
  package let snippet: String

  /// A hit by its parts.
  package init(asset: Asset, field: String, snippet: String) {
    self.asset = asset
    self.field = field
    self.snippet = snippet
  }
}
