import Foundations
import Model
import Sniffing

extension MemorySession {
  func statistics() -> LibraryStatistics {
    var statistics = LibraryStatistics()
    for entry in state.assets.values {
      let (asset, facts) = (entry.asset, entry.asset.facts)
      guard asset.deletedAt == nil else {
        statistics.trash.add(1, asset.size)
        continue
      }
      statistics.assets.add(1, asset.size)
      statistics.bySource[asset.source.rawValue, default: .init()].add(1, asset.size)
      statistics.byKind[facts.kind.rawValue, default: .init()].add(1, asset.size)
      if let user = asset.user { statistics.byUser[user, default: .init()].add(1, asset.size) }
      for model in Set(entry.generations.compactMap(\.model)) {
        statistics.byModel[model, default: .init()].add(1, asset.size)
      }
      if facts.kind == .video {
        statistics.videosBySource[asset.source.rawValue, default: .init()].add(1, asset.size)
      }
      let again = entry.origins.count - 1
      statistics.savedByDeduplication.add(again, Int64(again) * asset.size)
    }
    for workflow in state.workflows.values {
      statistics.workflowsByStatus[workflow.thing.status.rawValue, default: 0] += 1
    }
    statistics.runs = state.runs.values.count { $0.thing.deletedAt == nil }
    return statistics
  }

  func growth(from: Timestamp, to: Timestamp) -> [DayGrowth] {
    let day: Int64 = 86_400_000_000
    var days: [Int64: LibraryStatistics.Amount] = [:]
    for entry in state.assets.values where entry.asset.deletedAt == nil {
      let number = entry.asset.addedAt.microseconds / day
      guard (from.microseconds / day)...(to.microseconds / day) ~= number else { continue }
      days[number, default: .init()].add(1, entry.asset.size)
    }
    return days.sorted { $0.key < $1.key }.map { number, amount in
      DayGrowth(day: Timestamp(microseconds: number * day), amount: amount)
    }
  }
}

extension LibraryStatistics.Amount {
  fileprivate mutating func add(_ count: Int, _ bytes: Int64) {
    self.count += count
    self.bytes += bytes
  }
}
