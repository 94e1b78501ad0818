import Foundations
import Model

extension MemorySession {
  /// Whether an asset meets a filter, looked at member by member.
  func matches(_ entry: MemoryState.AssetEntry, _ filter: AssetFilter) -> Bool {
    matchesFacts(entry, filter) && matchesNotes(entry, filter) && matchesRelations(entry, filter)
  }

  private func matchesFacts(_ entry: MemoryState.AssetEntry, _ filter: AssetFilter) -> Bool {
    let (asset, facts) = (entry.asset, entry.asset.facts)
    return (asset.deletedAt != nil) == filter.isDeleted
      && (filter.kinds.isEmpty || filter.kinds.contains(facts.kind))
      && (filter.sources.isEmpty || filter.sources.contains(asset.source))
      && (filter.formats.isEmpty || filter.formats.contains(facts.format))
      && (filter.codec.map { $0 == facts.codec } ?? true)
      && Self.lies(facts.width, in: filter.width) && Self.lies(facts.height, in: filter.height)
      && Self.lies(facts.durationSeconds, in: filter.durationSeconds)
      && Self.lies(asset.size, in: filter.size)
      && (filter.from.map { asset.addedAt >= $0 } ?? true)
      && (filter.to.map { asset.addedAt <= $0 } ?? true)
  }

  private static func lies<Value>(_ value: Value?, in range: ClosedRange<Value>?) -> Bool {
    guard let range else { return true }
    return value.map { range.contains($0) } ?? false
  }

  private func matchesNotes(_ entry: MemoryState.AssetEntry, _ filter: AssetFilter) -> Bool {
    let (asset, notes) = (entry.asset, entry.asset.notes)
    return (filter.user.map { $0 == asset.user } ?? true)
      && filter.tags.allSatisfy { notes.tags.contains($0) }
      && (filter.leastRating.map { $0 <= notes.rating ?? 0 } ?? true)
      && (filter.isFavourite.map { $0 == notes.isFavourite } ?? true)
      && (filter.isDuplicated.map { $0 == (entry.origins.count > 1) } ?? true)
      && filter.extra.allSatisfy { path, value in
        ExtraValue(path: path, value).map { ExtraValue.all(in: notes.extra).contains($0) } ?? false
      }
  }

  private func matchesRelations(_ entry: MemoryState.AssetEntry, _ filter: AssetFilter) -> Bool {
    let id = entry.asset.id
    if let workflow = filter.workflow,
      !state.associations.contains(where: { $0.asset == id && $0.workflow == workflow })
    {
      return false
    }
    if let run = filter.run, !(state.outputs[run] ?? []).contains(where: { $0.asset == id }) {
      return false
    }
    if let provider = filter.provider,
      !entry.generations.contains(where: { $0.provider == provider })
    {
      return false
    }
    return filter.model.map { model in entry.generations.contains { $0.model == model } } ?? true
  }
}
