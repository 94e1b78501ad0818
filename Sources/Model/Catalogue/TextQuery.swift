/// What people look for in texts: words, "phrases", beginnings of words with a `*` behind, and
/// parts of words with a `*` before.
///
/// All of it must be there. Marks that stand alone mean nothing, so that no text is an error but one
/// without a word.
package struct TextQuery: Sendable, Equatable {
  /// One thing to be found.
  package enum Term: Sendable, Equatable {
    case word(String)
    case beginning(String)
    case phrase([String])
    /// Letters anywhere in a word: "untergang" of "Sonnenuntergang".
    case part(String)
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
        terms.append(Self.term(piece, last, isOnly: words.count == 1))
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

  private init(terms: [Term]) { self.terms = terms }

  /// The same with parts of words for words, for a second look where the first found nothing; nil
  /// where that is no different.
  package var inParts: TextQuery? {
    let parts = terms.map { term -> Term in
      guard case .word(let word) = term, Self.isPart(word) else { return term }
      return .part(word)
    }
    return parts == terms ? nil : TextQuery(terms: parts)
  }

  private static func term(_ piece: Substring, _ word: String, isOnly: Bool) -> Term {
    if isOnly, piece.hasPrefix("*"), isPart(word) { return .part(word) }
    return piece.hasSuffix("*") ? .beginning(word) : .word(word)
  }

  // Fewer than three letters are in nearly every word.
  private static func isPart(_ word: String) -> Bool {
    word.count >= 3 && word.allSatisfy(\.isLetter)
  }

  private static func words(_ text: Substring) -> [String] {
    text.split { !$0.isLetter && !$0.isNumber && !$0.unicodeScalars.contains { $0.value > 0x2E80 } }
      .map(String.init)
  }
}

/// What hits come first.
///
/// The newest are those that came into this catalogue last.
package enum SearchRanking: String, Sendable, CaseIterable {
  case newest
  /// The best, of the newest some thousands.
  case best

  /// The list's name in cursors.
  package var list: String { "hits-\(rawValue)" }
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
