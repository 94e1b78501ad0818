import Foundations
import Model
import SQLite

/// The way through the indexes to one page of assets.
///
/// Where few assets have a word of the filter, or lie within a span of it, those few are taken and
/// sorted. Otherwise enough have it for a walk in the order of the list to meet them soon. Lists in
/// order of time have for each word an index in that order.
struct AssetWalk {
  private let conditions: AssetConditions
  private let order: AssetOrder
  private let cursor: PageCursor?
  private let count: Int

  init(
    _ conditions: AssetConditions, _ order: AssetOrder, after cursor: PageCursor?,
    atMost count: Int
  ) {
    self.conditions = conditions
    self.order = order
    self.cursor = cursor
    self.count = count
  }

  /// The rows of the assets, in the list's order.
  func rows(_ session: some CatalogueQueries) throws -> [Int64] {
    let statements = try self.statements(session)
    if statements.count == 1 { return try keys(statements[0], session).map(\.row) }
    // Each asset has one word of them: the lists have nothing in common, and are laid together.
    let found = try statements.flatMap { try keys($0, session) }
    return found.sorted { $0.isBefore($1, order.isDescending) }.prefix(count).map(\.row)
  }

  private func keys(
    _ statement: (sql: SQL, parameters: [(any SQLEncodable)?]), _ session: some CatalogueQueries
  ) throws -> [AssetKey] {
    try session.all(statement.sql, with: statement.parameters) { row in
      AssetKey(value: try row[0], row: try row[1])
    }
  }

  /// The statements whose results are the page once they are laid together.
  func statements(
    _ session: some CatalogueQueries
  ) throws -> [(sql: SQL, parameters: [(any SQLEncodable)?])] {
    if let run = conditions.run { return [ofRun(run)] }
    let rarest = conditions.words.min { $0.count < $1.count }
    let few = session.limits.sortedAtMost
    if let rarest, rarest.count <= few || order.key == .date {
      let span = rarest.count > few ? try rareSpan(session) : nil
      if let span { return [along(span)] }
      return rarest.words.map { along($0, of: rarest) }
    }
    if let rarest, conditions.hasTimes, try isRareThen(rarest, session) {
      return rarest.words.map { along($0, of: rarest) }
    }
    if let span = try rareSpan(session) { return [along(span)] }
    return alongOrder()
  }

  /// Whether few assets have one of the words in the time that is asked for.
  private func isRareThen(
    _ group: AssetConditions.AnyOf, _ session: some CatalogueQueries
  ) throws -> Bool {
    var left = session.limits.sortedAtMost
    for word in group.words {
      var parts = SQLParts()
      let from: SQL = "SELECT count(*) FROM (SELECT 1 FROM facet WHERE word = "
      let isDeleted: SQL = conditions.isDeleted ? " AND is_deleted = 1" : " AND is_deleted = 0"
      let place = parts.place(word)
      conditions.addTimes(to: &parts, "added_at")
      let sql =
        from + place + isDeleted + parts.joined + " LIMIT " + parts.place(left + 1) + ")"
      left -= try session.all(sql, with: parts.parameters) { try $0[0] as Int64 }.first ?? 0
      if left < 0 { return false }
    }
    return true
  }

  /// A span that few assets lie in.
  private func rareSpan(_ session: some CatalogueQueries) throws -> AssetConditions.Span? {
    let few = session.limits.sortedAtMost
    // A list in order of time begins at its time anyway.
    let spans = conditions.spans.filter { $0.index != .date || order.key != .date }
    return try spans.first { span in
      let sql: SQL =
        "SELECT count(*) FROM (SELECT 1 FROM asset AS a INDEXED BY " + index(of: span.index)
        + " WHERE " + isThere + " AND " + span.condition + " LIMIT ?3)"
      let found = try session.all(sql, with: span.parameters + [few + 1]) { row in
        try row[0] as Int64
      }
      return found.first.map { $0 <= few } ?? false
    }
  }

  private func along(
    _ word: Int64, of group: AssetConditions.AnyOf
  ) -> (sql: SQL, parameters: [(any SQLEncodable)?]) {
    var parts = conditions.rest
    let from: SQL =
      "FROM facet AS d CROSS JOIN asset AS a ON a.row = d.asset WHERE d.word = "
      + parts.place(word)
      + (conditions.isDeleted ? " AND d.is_deleted = 1" : " AND d.is_deleted = 0")
    conditions.addWords(to: &parts, but: group)
    conditions.addTimes(to: &parts, "d.added_at")
    // Named as the index names them, so that it gives the order too.
    let key: SQL = order.key == .date ? "d.added_at" : key
    return select(key, "d.asset", from, &parts)
  }

  private func along(
    _ span: AssetConditions.Span
  ) -> (sql: SQL, parameters: [(any SQLEncodable)?]) {
    var parts = conditions.rest
    conditions.addWords(to: &parts)
    conditions.addTimes(to: &parts, "a.added_at")
    let from: SQL = "FROM asset AS a INDEXED BY " + index(of: span.index) + " WHERE " + isThere
    return select(key, "a.row", from, &parts)
  }

  private func ofRun(_ run: RunID) -> (sql: SQL, parameters: [(any SQLEncodable)?]) {
    var parts = conditions.rest
    let from: SQL =
      """
      FROM (
        SELECT DISTINCT asset FROM run CROSS JOIN run_output ON run_output.run = run.row
        WHERE asset IS NOT NULL AND run.id =
      """ + " " + parts.place(run) + ") AS o CROSS JOIN asset AS a ON a.row = o.asset WHERE "
      + isThere
    conditions.addWords(to: &parts)
    conditions.addTimes(to: &parts, "a.added_at")
    return select(key, "a.row", from, &parts)
  }

  private func alongOrder() -> [(sql: SQL, parameters: [(any SQLEncodable)?])] {
    guard let cursor else { return [alongOrder { _ in }] }
    // A row number is no part of the index that a comparison of pairs could begin at: among half a
    // million of one length it would be looked for from the first. So those of the same length are
    // asked for by themselves, and those beyond by themselves.
    let same = alongOrder { parts in
      parts.add(key + " = ", cursor.key)
      parts.add(order.isDescending ? "a.row < " : "a.row > ", cursor.row)
    }
    let beyond = alongOrder { parts in
      parts.add(key + (order.isDescending ? " < " : " > "), cursor.key)
    }
    return [same, beyond]
  }

  private func alongOrder(
    _ place: (inout SQLParts) -> Void
  ) -> (sql: SQL, parameters: [(any SQLEncodable)?]) {
    var parts = conditions.rest
    conditions.addWords(to: &parts)
    conditions.addTimes(to: &parts, "a.added_at")
    place(&parts)
    let from: SQL = "FROM asset AS a INDEXED BY " + orderIndex + " WHERE " + isThere
    return limited(key, "a.row", from, &parts)
  }

  private func select(
    _ key: SQL, _ row: SQL, _ from: SQL, _ parts: inout SQLParts
  ) -> (sql: SQL, parameters: [(any SQLEncodable)?]) {
    if let cursor {
      let place = "(" + parts.place(cursor.key) + ", " + parts.place(cursor.row) + ")"
      parts.add("(" + key + ", " + row + ")" + (order.isDescending ? " < " : " > ") + place)
    }
    return limited(key, row, from, &parts)
  }

  private func limited(
    _ key: SQL, _ row: SQL, _ from: SQL, _ parts: inout SQLParts
  ) -> (sql: SQL, parameters: [(any SQLEncodable)?]) {
    let way: SQL = order.isDescending ? " DESC" : " ASC"
    let sql =
      "SELECT " + key + ", " + row + " " + from + parts.joined + " ORDER BY " + key + way + ", "
      + row + way + " LIMIT " + parts.place(count)
    return (sql, parts.parameters)
  }

  private var isThere: SQL {
    conditions.isDeleted ? "a.deleted_at IS NOT NULL" : "a.deleted_at IS NULL"
  }

  private var key: SQL {
    switch order.key {
    case .date: "a.added_at"
    case .size: "a.size"
    case .duration: "a.length"
    case .name: "a.name"
    }
  }

  private var orderIndex: SQL {
    switch order.key {
    case .date: conditions.isDeleted ? "deleted_by_date" : "living_by_date"
    case .size: conditions.isDeleted ? "deleted_by_size" : "living_by_size"
    case .duration: conditions.isDeleted ? "deleted_by_length" : "living_by_length"
    case .name: conditions.isDeleted ? "deleted_by_name" : "living_by_name"
    }
  }

  private func index(of span: AssetConditions.Span.Index) -> SQL {
    switch span {
    case .date: conditions.isDeleted ? "deleted_by_date" : "living_by_date"
    case .size: conditions.isDeleted ? "deleted_by_size" : "living_by_size"
    case .length: conditions.isDeleted ? "deleted_by_length" : "living_by_length"
    case .width: conditions.isDeleted ? "deleted_by_width" : "living_by_width"
    case .height: conditions.isDeleted ? "deleted_by_height" : "living_by_height"
    }
  }
}
