/// In which order a claim looks at the lanes.
///
/// Higher priorities first, and among them those whose user has the fewest running; lanes alike in
/// both are one group, of which the oldest due job is taken. A pure function, so that every store
/// is as fair as the other.
package enum ClaimOrder {
  /// The lanes that a claim may take from, in groups, the first first.
  package static func groups(_ loads: [LaneLoad], for claim: Claim) -> [[LaneLoad]] {
    var ofKind: [String: Int] = [:]
    var ofUser: [String?: Int] = [:]
    for load in loads where load.running > 0 {
      ofKind[load.lane.kind, default: 0] += load.running
      ofUser[load.lane.user, default: 0] += load.running
    }
    var groups: [Rank: [LaneLoad]] = [:]
    for load in loads where load.queued > 0 && allows(claim, load.lane) {
      let running = ofUser[load.lane.user] ?? 0
      guard ofKind[load.lane.kind] ?? 0 < claim.runningAtMost[load.lane.kind] ?? .max,
        running < claim.runningAtMostPerUser ?? .max
      else { continue }
      groups[Rank(priority: load.lane.priority, running: running), default: []].append(load)
    }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func allows(_ claim: Claim, _ lane: JobLane) -> Bool {
    (claim.kinds?.contains(lane.kind) ?? true) && (claim.queues?.contains(lane.queue) ?? true)
      && lane.needs.isSubset(of: claim.capabilities)
      && lane.memory <= claim.memoryAtMost ?? .max
  }
}

private struct Rank: Hashable, Comparable {
  let priority: Int
  let running: Int

  static func < (left: Self, right: Self) -> Bool {
    left.priority != right.priority
      ? left.priority > right.priority : left.running < right.running
  }
}
