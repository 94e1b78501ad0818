package import Foundations
import Model

extension RunStorage {
  private static let mostInPage = 500

  /// What a clearing by some rules would do; nothing is changed.
  package func planClearing(
    _ rules: RunClearingRules, stop: StopFlag = StopFlag()
  ) throws -> RunClearingPlan {
    try rules.check()
    var plan = RunClearingPlan()
    let limit = rules.olderThan.map { now + (.zero - $0) }
    var filter = rules.filter
    // What is too young is only looked at where it has a share in the size.
    if rules.mostBytes == nil { filter.to = limit }
    let found = try candidates(filter, &plan, stop)
    var left = found.reduce(0) { $0 + $1.bytes }
    for item in found.reversed() {
      if let most = rules.mostBytes, left <= most { break }
      if let limit, item.run.createdAt > limit { break }
      guard !isUnderWay(item, limit) else {
        plan.running += 1
        continue
      }
      plan.items.append(
        RunClearingPlan.Item(
          run: item.run, bytes: item.bytes, reason: rules.reason, metadata: item.metadata))
      left -= item.bytes
    }
    return plan
  }

  /// A run, as small as it can be kept.
  private struct Candidate {
    let run: Run
    let bytes: Int64
    let metadata: FileStatus
  }

  /// The runs that rules are about, the newest first.
  private func candidates(
    _ filter: RunFilter, _ plan: inout RunClearingPlan, _ stop: StopFlag
  ) throws -> [Candidate] {
    var (found, cursor) = ([Candidate](), PageCursor?.none)
    repeat {
      let page = try catalogue.read(stop: stop) { [cursor] in
        try $0.runs(filter, after: cursor, atMost: Self.mostInPage)
      }
      for run in page.items {
        try stop.check()
        if let candidate = try candidate(run) {
          found.append(candidate)
        } else {
          plan.unreadable += 1
        }
      }
      cursor = page.next
    } while cursor != nil
    return found
  }

  private func candidate(_ run: Run) throws -> Candidate? {
    // A row may be behind: what is no live run with its metadata is left.
    guard let folder = try Folder.find(FileName(run.id), in: runs),
      let metadata = try folder.find(.metadata), metadata.kind == .plain
    else { return nil }
    var bytes: Int64 = 0
    for entry in try FolderEntries(of: folder) {
      if let status = try folder.find(entry.name), status.kind == .plain { bytes += status.size }
    }
    var run = run
    run.inputText = nil
    run.transformedText = nil
    return Candidate(run: run, bytes: bytes, metadata: metadata)
  }

  /// Whether somebody may still be at work: it runs, and was changed since the age asked for.
  private func isUnderWay(_ item: Candidate, _ limit: Timestamp?) -> Bool {
    guard item.run.state.status == .running else { return false }
    guard let limit else { return true }
    return Timestamp(microseconds: item.metadata.modifiedNanoseconds / 1_000) > limit
  }
}
