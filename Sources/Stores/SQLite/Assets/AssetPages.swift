import Foundations
package import Model
package import SQLite

extension CatalogueQueries {
  func assets(
    _ filter: AssetFilter, _ order: AssetOrder, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Asset> {
    precondition(count > 0, "a page has room")
    try cursor?.check(for: order.list)
    let conditions = try AssetConditions(filter, self)
    guard !conditions.isImpossible else { return Page(items: [], next: nil) }
    let walk = AssetWalk(conditions, order, after: cursor, atMost: count + 1)
    let rows = try walk.rows(self)
    let assets = try rows.prefix(count).map { try asset(ofRow: $0) }
    let next =
      rows.count > count
      ? assets.last.map { PageCursor(list: order.list, key: order.key(of: $0.asset), row: $0.row) }
      : nil
    return Page(items: assets.map(\.asset), next: next)
  }
}

extension AssetOrder {
  /// What an asset has its place by.
  fileprivate func key(of asset: Asset) -> PageCursor.Key {
    switch key {
    case .date: .integer(asset.addedAt.microseconds)
    case .size: .integer(asset.size)
    case .duration: .real(asset.facts.durationSeconds ?? -1)
    case .name: .text(asset.name)
    }
  }
}

extension PageCursor.Key: SQLEncodable {
  package var sqlValue: SQLValue {
    switch self {
    case .integer(let value): .integer(value)
    case .real(let value): .real(value)
    case .text(let value): .text(value)
    case .nothing: .null
    }
  }
}
