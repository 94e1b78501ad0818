package import Foundations
package import Model

extension RunStorage {
  /// Moves the runs that a plan names to the trash or into the archive; what was changed since is
  /// left.
  ///
  /// Their assets stay, whoever else refers to them. Gives what went.
  @discardableResult
  package func carryOut(
    _ plan: RunClearingPlan, by target: RunClearingTarget, stop: StopFlag = StopFlag(),
    progress: ProgressSink = .none
  ) throws -> [RunClearingPlan.Item] {
    var done: [RunClearingPlan.Item] = []
    for (index, item) in plan.items.enumerated() {
      try stop.check()
      if try clear(item, target, stop) { done.append(item) }
      progress.report(
        ProgressUpdate(
          Double(index + 1), of: Double(plan.items.count), .items("runs"), item.run.id.text))
    }
    return done
  }

  private func clear(
    _ item: RunClearingPlan.Item, _ target: RunClearingTarget, _ stop: StopFlag
  ) throws -> Bool {
    let id = item.run.id
    do {
      return try locked(id) { folder in
        guard try folder.find(.metadata) == item.metadata else { return false }
        switch target {
        case .trash: _ = try moveToTrash(id, folder)
        case .archive: _ = try pack(id, folder, stop)
        }
        return true
      }
    } catch let error as RunFailure where error.isOfMoved || error.code == .runDamaged {
      // Somebody else was quicker, or it has to be looked after first.
      return false
    }
  }

  /// Removes for good the runs that have been in the trash for so long; their assets stay.
  ///
  /// Gives what went, or would go.
  @discardableResult
  package func emptyTrash(
    olderThan age: Duration, isDryRun: Bool, stop: StopFlag = StopFlag()
  ) throws -> [Run] {
    let limit = now + (.zero - age)
    var filter = RunFilter()
    filter.isDeleted = true
    var (old, cursor) = ([Run](), PageCursor?.none)
    repeat {
      let page = try catalogue.read(stop: stop) { [cursor] in
        try $0.runs(filter, after: cursor, atMost: 500)
      }
      for var run in page.items where run.deletedAt.map({ $0 <= limit }) ?? false {
        run.inputText = nil
        run.transformedText = nil
        old.append(run)
      }
      cursor = page.next
    } while cursor != nil
    if isDryRun { return old }
    return try old.filter { run in
      try stop.check()
      return try purge(run, stop)
    }
  }

  /// Removes a run from the trash, unless it was brought back or deleted anew meanwhile.
  private func purge(_ run: Run, _ stop: StopFlag) throws -> Bool {
    let trash = try trash()
    do {
      return try locked(run.id, in: trash) { folder in
        guard try document(of: run.id, folder).run.deletedAt == run.deletedAt else { return false }
        try purgeLocked(run.id, in: trash, stop)
        return true
      }
    } catch let error as RunFailure where error.isOfMoved || error.code == .runDamaged {
      return false
    }
  }
}
