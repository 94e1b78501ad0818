import Foundations
import Model
import SQLite

extension CatalogueQueries {
  func search(
    _ query: TextQuery, _ filter: AssetFilter, _ ranking: SearchRanking,
    after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<SearchHit> {
    precondition(count > 0, "a page has room")
    let inParts = ranking.list + "-in-parts"
    if let cursor, cursor.list == inParts, let parts = query.inParts {
      return try hits(parts, filter, ranking, cursor, count, list: inParts)
    }
    try cursor?.check(for: ranking.list)
    let page = try hits(query, filter, ranking, cursor, count, list: ranking.list)
    // Nobody has the words as they are: perhaps they are parts of longer ones.
    guard page.items.isEmpty, cursor == nil, let parts = query.inParts else { return page }
    return try hits(parts, filter, ranking, nil, count, list: inParts)
  }

  private func hits(
    _ query: TextQuery, _ filter: AssetFilter, _ ranking: SearchRanking, _ cursor: PageCursor?,
    _ count: Int, list: String
  ) throws -> Page<SearchHit> {
    let conditions = try AssetConditions(filter, self)
    guard !conditions.isImpossible, let text = try TextMatch(query, self).text else {
      return Page(items: [], next: nil)
    }
    let walk = SearchWalk(text, conditions, after: cursor, atMost: count + 1, limits)
    let found = try walk.found(ranking, self)
    let hits = try found.prefix(count).map { try hit($0, text) }
    let next =
      found.count > count
      ? found[count - 1].cursor(list, ranking) : nil
    return Page(items: hits, next: next)
  }

  /// A hit with some words around the first place of its first field.
  private func hit(_ found: SearchWalk.Found, _ text: String) throws -> SearchHit {
    let asset = try asset(ofRow: found.row).asset
    let snippets =
      try found.snippets
      ?? one(
        "SELECT " + SearchWalk.snippets + " FROM text WHERE text MATCH ?1 AND rowid = ?2", text,
        found.row
      ) { row in try (0..<row.count).map { try row[$0] as String? } }
    for (field, snippet) in zip(AssetTexts.fields, snippets ?? []) {
      guard let snippet, snippet.contains("\u{1}") else { continue }
      return SearchHit(
        asset: asset, field: field,
        snippet: SearchText.joined(snippet.filter { $0 != "\u{1}" }))
    }
    return SearchHit(asset: asset, field: AssetTexts.fields[0], snippet: asset.name)
  }
}
