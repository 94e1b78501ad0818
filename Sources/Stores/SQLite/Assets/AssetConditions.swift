import Foundations
import Model
import SQLite
import Sniffing

/// A filter as SQL sees it: words that the catalogue has counted, and conditions on the rows.
struct AssetConditions {
  /// Words of which an asset has one.
  struct AnyOf {
    let words: [Int64]
    /// How many assets have one of them.
    let count: Int64
  }

  /// An order that an index has, as a bound for the rows to be looked at.
  struct Span {
    let index: Index
    let condition: SQL
    let parameters: [any SQLEncodable]

    enum Index { case date, size, length, width, height }
  }

  /// Words by the filter's members; all of them must be met.
  private(set) var words: [AnyOf] = []
  /// Bounds of numbers.
  private(set) var spans: [Span] = []
  /// The other conditions on a row of `asset AS a`.
  private(set) var rest = SQLParts()
  /// The bounds of time.
  private let from: Timestamp?
  private let to: Timestamp?
  /// The run whose outputs are wanted.
  let run: RunID?
  let isDeleted: Bool
  /// Whether it is known already that nothing meets them.
  private(set) var isImpossible = false

  init(_ filter: AssetFilter, _ session: some CatalogueQueries) throws {
    try session.settle()
    isDeleted = filter.isDeleted
    run = filter.run
    from = filter.from
    to = filter.to
    if from != nil || to != nil {
      let ends = [from?.microseconds ?? .min, to?.microseconds ?? .max]
      spans.append(
        Span(index: .date, condition: "a.added_at BETWEEN ?1 AND ?2", parameters: ends))
    }
    try addWords(of: filter, session)
    addSpans(of: filter)
    if filter.isFavourite == false { rest.add("a.is_favourite = 0") }
    if filter.isDuplicated == false { rest.add("a.origins = 1") }
  }

  /// Whether only a time is asked for.
  var hasTimes: Bool { from != nil || to != nil }

  /// Adds the bounds of time, on the column by which the rows are walked.
  func addTimes(to parts: inout SQLParts, _ column: SQL) {
    if let from { parts.add(column + " >= ", from) }
    if let to { parts.add(column + " <= ", to) }
  }

  /// Adds that a row of `asset AS a` has a word of each group but one that is met already.
  func addWords(to parts: inout SQLParts, but done: AnyOf? = nil) {
    for group in words where group.words != done?.words {
      let any = SQL.joined(group.words.map { parts.place($0) }, by: ", ")
      let there: SQL = ") AND f.is_deleted = (a.deleted_at IS NOT NULL)"
      let same: SQL = " AND f.added_at = a.added_at AND f.asset = a.row)"
      parts.add("EXISTS (SELECT 1 FROM facet AS f WHERE f.word IN (" + any + there + same)
    }
  }

  private mutating func addWords(
    of filter: AssetFilter, _ session: some CatalogueQueries
  ) throws {
    try add(.kind, filter.kinds.map(\.rawValue), session)
    try add(.source, filter.sources.map(\.rawValue), session)
    try add(.format, Array(filter.formats), session)
    for (facet, text) in [
      (AssetWord.Facet.codec, filter.codec), (.provider, filter.provider), (.model, filter.model),
      (.user, filter.user), (.workflow, filter.workflow?.text),
    ] {
      if let text { try add(facet, [text], session) }
    }
    for tag in filter.tags { try add(.tag, [tag], session) }
    if let least = filter.leastRating, least > 1 {
      try add(.rating, least > 5 ? ["none"] : (least...5).map(String.init), session)
    } else if filter.leastRating == 1 {
      try add(.rating, (1...5).map(String.init), session)
    }
    if filter.isFavourite == true { try add(.favourite, [""], session) }
    if filter.isDuplicated == true { try add(.duplicated, [""], session) }
    for (path, value) in filter.extra {
      guard let value = ExtraValue(path: path, value) else {
        isImpossible = true
        continue
      }
      try add(.extra, [AssetWord(value).text], session)
    }
  }

  private mutating func add(
    _ facet: AssetWord.Facet, _ texts: [String], _ session: some CatalogueQueries
  ) throws {
    guard !texts.isEmpty else { return }
    var (words, count): ([Int64], Int64) = ([], 0)
    for text in texts.sorted() {
      let found = try session.one(
        "SELECT id, count, deleted FROM word WHERE facet = ?1 AND text = ?2", facet, text
      ) { (try $0[0] as Int64, try $0[1] as Int64, try $0[2] as Int64) }
      guard let (word, living, deleted) = found else { continue }
      let here = isDeleted ? deleted : living
      if here > 0 { words.append(word) }
      count += here
    }
    self.words.append(AnyOf(words: words, count: count))
    if words.isEmpty { isImpossible = true }
  }

  private mutating func addSpans(of filter: AssetFilter) {
    if let range = filter.size { add(.size, "a.size >= ", range, "a.size <= ") }
    if let range = filter.durationSeconds { add(.length, "a.length >= ", range, "a.length <= ") }
    if let range = filter.width { add(.width, "a.width >= ", range, "a.width <= ") }
    if let range = filter.height { add(.height, "a.height >= ", range, "a.height <= ") }
  }

  private mutating func add<Value: SQLEncodable>(
    _ index: Span.Index, _ from: SQL, _ range: ClosedRange<Value>, _ to: SQL
  ) {
    rest.add(from, range.lowerBound)
    rest.add(to, range.upperBound)
    spans.append(
      Span(
        index: index, condition: from + "?1 AND " + to + "?2",
        parameters: [range.lowerBound, range.upperBound]))
  }
}
