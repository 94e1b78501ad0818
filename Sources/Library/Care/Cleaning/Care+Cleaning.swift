package import Blobs
package import Foundations
package import Model

extension Care {
  /// What a cleanup by some rules would do; nothing is changed.
  package func plan(
    _ rules: CleanupRules, stop: StopFlag = StopFlag()
  ) throws -> CleanupPlan {
    guard rules.olderThan != nil || rules.mostBytes != nil else {
      throw ModelFailure(
        .modelBadValue, "a cleanup needs an age or a size", hint: "say what is to be left")
    }
    try library.folder.requirePresent()
    var plan = CleanupPlan()
    var left = try library.finding.statistics().assets.bytes
    let limit = rules.olderThan.map { library.clock.now + (.zero - $0) }
    var cursor: PageCursor?
    repeat {
      try stop.check()
      let page = try library.finding.list(
        rules.filter, AssetOrder(.date, isDescending: false), after: cursor,
        atMost: Finding.mostItems, stop: stop)
      for asset in page.items {
        if let most = rules.mostBytes, left <= most { return plan }
        // The oldest come first: what follows is younger still.
        if let limit, asset.addedAt >= limit { return plan }
        if try take(asset, rules, &plan) { left -= asset.size }
      }
      cursor = page.next
    } while cursor != nil
    return plan
  }

  private func take(
    _ asset: Asset, _ rules: CleanupRules, _ plan: inout CleanupPlan
  ) throws -> Bool {
    if rules.keeps(asset) {
      plan.kept += 1
      return false
    }
    guard try library.catalogue.read({ try $0.references(to: asset.id) }).isEmpty else {
      plan.referenced += 1
      return false
    }
    let reason =
      rules.olderThan.map { "came more than \(HumanText.duration($0)) ago" }
      ?? "is among the oldest"
    plan.items.append(CleanupPlan.Item(asset: asset, reason: reason))
    return true
  }

  /// Moves what a plan names to the trash; what changed since is left.
  ///
  /// Gives what went.
  @discardableResult
  package func carryOut(
    _ plan: CleanupPlan, stop: StopFlag = StopFlag()
  ) throws -> [CleanupPlan.Item] {
    try library.folder.requirePresent()
    let now = library.clock.now
    var done: [CleanupPlan.Item] = []
    for item in plan.items {
      try stop.check()
      let isGone = try library.catalogue.write { catalogue -> Bool in
        guard try catalogue.asset(item.asset.id) == item.asset,
          try catalogue.references(to: item.asset.id).isEmpty
        else { return false }
        try catalogue.deleteAsset(item.asset.id, at: now, evenIfReferenced: false)
        return true
      }
      if isGone { done.append(item) }
    }
    return done
  }

  /// Forgets what has been in the trash for so long; its content goes with the next sweep.
  @discardableResult
  package func emptyTrash(
    olderThan age: Duration, isDryRun: Bool, stop: StopFlag = StopFlag()
  ) throws -> [Asset] {
    try library.folder.requirePresent()
    let limit = library.clock.now + (.zero - age)
    var filter = AssetFilter()
    filter.isDeleted = true
    var (old, cursor) = ([Asset](), PageCursor?.none)
    repeat {
      let page = try library.finding.list(
        filter, after: cursor, atMost: Finding.mostItems, stop: stop)
      old += page.items.filter { $0.deletedAt.map { $0 <= limit } ?? false }
      cursor = page.next
    } while cursor != nil
    if isDryRun { return old }
    var gone: [Asset] = []
    for asset in old {
      try stop.check()
      let isGone = try library.catalogue.write { catalogue -> Bool in
        // It may have been brought back meanwhile.
        guard try catalogue.asset(asset.id)?.deletedAt == asset.deletedAt else { return false }
        try catalogue.purgeAsset(asset.id)
        return true
      }
      if isGone { gone.append(asset) }
    }
    return gone
  }

  /// Removes content that nothing refers to and that is older than the grace.
  ///
  /// `library.index_empty` where the catalogue knows nothing at all and there is content: a lost
  /// catalogue is rebuilt, and not followed by what it is about.
  @discardableResult
  package func sweep(
    isDryRun: Bool = false, evenIfEmpty: Bool = false, stop: StopFlag = StopFlag()
  ) throws -> BlobSweep {
    try library.folder.requirePresent()
    let statistics = try library.finding.statistics()
    let isEmpty = statistics.assets.count + statistics.trash.count + statistics.runs == 0
    if isEmpty, !evenIfEmpty, try !library.blobs.list(after: nil, atMost: 1).isEmpty {
      throw LibraryFailure(
        .libraryIndexEmpty, "the catalogue of \(library.folder.path) is empty, its content is not",
        hint: "rebuild the catalogue (`mediary library rebuild`)")
    }
    return try library.blobs.sweep(
      olderThan: library.settings.grace, isDryRun: isDryRun, stop: stop
    ) { blobs in
      // Asked each time: a disk may go while it is swept.
      try library.folder.requirePresent()
      return try library.catalogue.read(stop: stop) { try $0.referenced(blobs) }
    }
  }
}
