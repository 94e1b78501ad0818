import Model
import SQLite

/// A query in the words of FTS5.
struct TextMatch {
  // More words that share a part are more than anybody looks through.
  private static let mostForms = 256

  /// The text for MATCH; nil where nothing can match.
  let text: String?

  init(_ query: TextQuery, _ session: some CatalogueQueries) throws {
    var terms: [String] = []
    for term in query.terms {
      guard let text = try Self.text(of: term, session) else {
        self.text = nil
        return
      }
      terms.append(text)
    }
    // By a blank and not by AND: what has no word for the index is then left out.
    text = terms.joined(separator: " ")
  }

  private static func text(
    of term: TextQuery.Term, _ session: some CatalogueQueries
  ) throws -> String? {
    switch term {
    case .word(let word): return quoted(word)
    case .beginning(let word): return quoted(word) + "*"
    case .phrase(let words): return quoted(words.joined(separator: " "))
    case .part(let part):
      let words = SearchText.words(in: part)
      // A sign by itself is a word; its neighbours are a phrase.
      guard words.count == 1, let word = words.first, word.unicodeScalars.count >= 3 else {
        return quoted(part)
      }
      let forms = try session.all(
        """
        SELECT form FROM form WHERE id IN
          (SELECT rowid FROM form_part WHERE form_part MATCH ?1) ORDER BY id LIMIT ?2
        """, quoted(word), mostForms
      ) { try $0[0] as String }
      guard !forms.isEmpty else { return nil }
      return "(" + forms.map(quoted).joined(separator: " OR ") + ")"
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + SearchText.separated(text).filter { $0 != "\"" && $0 != "\0" } + "\""
  }
}
