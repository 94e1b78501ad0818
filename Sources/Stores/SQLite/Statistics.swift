import Foundations
import Model
import SQLite

extension CatalogueQueries {
  func statistics() throws -> LibraryStatistics {
    try settle()
    var statistics = LibraryStatistics()
    try each("SELECT sort, text, count, bytes FROM tally WHERE count > 0") { row in
      let amount = LibraryStatistics.Amount(count: try row[2], bytes: try row[3])
      switch try row[0] as String {
      case "asset": statistics.assets = amount
      case "trash": statistics.trash = amount
      case "video": statistics.videosBySource[try row[1]] = amount
      case "saved": statistics.savedByDeduplication = amount
      case "run": statistics.runs = amount.count
      default: break
      }
    }
    statistics.bySource = try amounts(of: .source)
    statistics.byKind = try amounts(of: .kind)
    statistics.byUser = try amounts(of: .user)
    statistics.byModel = try amounts(of: .model)
    try each("SELECT status, count(*) FROM workflow GROUP BY status") { row in
      statistics.workflowsByStatus[try row[0]] = try row[1] as Int
    }
    return statistics
  }

  private func amounts(
    of facet: AssetWord.Facet
  ) throws -> [String: LibraryStatistics.Amount] {
    var amounts: [String: LibraryStatistics.Amount] = [:]
    try each("SELECT text, count, bytes FROM word WHERE facet = ?1 AND count > 0", facet) { row in
      amounts[try row[0]] = LibraryStatistics.Amount(count: try row[1], bytes: try row[2])
    }
    return amounts
  }

  func growth(from: Timestamp, to: Timestamp) throws -> [DayGrowth] {
    try settle()
    let day: Int64 = 86_400_000_000
    return try all(
      "SELECT day, count, bytes FROM day WHERE day BETWEEN ?1 AND ?2 AND count > 0 ORDER BY day",
      from.microseconds / day, to.microseconds / day
    ) { row in
      DayGrowth(
        day: Timestamp(microseconds: try row[0] * day),
        amount: LibraryStatistics.Amount(count: try row[1], bytes: try row[2]))
    }
  }
}
