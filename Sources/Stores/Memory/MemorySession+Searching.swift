import Foundations
import Model

extension MemorySession {
  func search(
    _ query: TextQuery, _ filter: AssetFilter, _ ranking: SearchRanking,
    after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<SearchHit> {
    let inParts = ranking.list + "-in-parts"
    if let cursor, cursor.list == inParts, let parts = query.inParts {
      return try hits(parts, filter, after: cursor, atMost: count, list: inParts)
    }
    let page = try hits(query, filter, after: cursor, atMost: count, list: ranking.list)
    guard page.items.isEmpty, cursor == nil, let parts = query.inParts else { return page }
    return try hits(parts, filter, after: nil, atMost: count, list: inParts)
  }

  /// The newest first, whatever the ranking: what is best is for each store to say.
  private func hits(
    _ query: TextQuery, _ filter: AssetFilter, after cursor: PageCursor?, atMost count: Int,
    list: String
  ) throws -> Page<SearchHit> {
    let found = state.assetsInOrder.reversed().compactMap { entry in
      matches(entry, filter) ? hit(entry, query).map { (entry.row, $0) } : nil
    }
    return try Self.page(
      found, list: list, after: cursor, atMost: count, place: { (.nothing, $0.0) }, thing: \.1)
  }

  private func hit(_ entry: MemoryState.AssetEntry, _ query: TextQuery) -> SearchHit? {
    var texts = AssetTexts()
    texts.name = entry.asset.name
    texts.notes = entry.asset.notes.text
    for generation in state.inOrder(entry.generations) { texts.add(prompt: generation.prompt) }
    for (kind, text) in entry.texts { texts.set(kind, text) }
    let words = texts.all.map { $0.map { SearchText.words(in: $0) } ?? [] }
    for term in query.terms where !words.contains(where: { Self.isFound(term, in: $0) }) {
      return nil
    }
    let field = words.firstIndex { words in query.terms.contains { Self.isFound($0, in: words) } }
    return SearchHit(
      asset: entry.asset, field: AssetTexts.fields[field ?? 0],
      snippet: texts.all[field ?? 0] ?? "")
  }

  private static func isFound(_ term: TextQuery.Term, in words: [String]) -> Bool {
    switch term {
    case .word(let word): return isFound(SearchText.words(in: word), isWhole: true, in: words)
    case .beginning(let word):
      return isFound(SearchText.words(in: word), isWhole: false, in: words)
    case .phrase(let phrase):
      return isFound(phrase.flatMap { SearchText.words(in: $0) }, isWhole: true, in: words)
    case .part(let part):
      let parts = SearchText.words(in: part)
      guard parts.count == 1, let part = parts.first, part.unicodeScalars.count >= 3 else {
        return isFound(parts, isWhole: true, in: words)
      }
      return words.contains { word in
        SearchText.forms(in: word).contains { $0.contains(part) }
      }
    }
  }

  /// Whether words stand in a text one after the other, the last one whole or as a beginning.
  private static func isFound(_ phrase: [String], isWhole: Bool, in words: [String]) -> Bool {
    guard let last = phrase.last, words.count >= phrase.count else { return false }
    return (0...(words.count - phrase.count)).contains { start in
      let piece = words[start..<start + phrase.count]
      guard piece.dropLast().elementsEqual(phrase.dropLast()), let end = piece.last else {
        return false
      }
      return isWhole ? end == last : end.hasPrefix(last)
    }
  }
}
