import Foundations
import Model
import SQLite

/// What the rules of jobs look up.
extension CatalogueQueries {
  func job(_ id: JobID) throws -> Job? {
    try one(JobStatements.ofID, id) { try Job($0) }
  }

  func openJob(_ key: JobKey, of user: String?) throws -> Job? {
    switch key {
    case .dedupe(let key):
      try one(
        JobStatements.openByDedupeKey, key, user ?? ""
      ) { try Job($0) }
    case .cache(let key):
      try one(
        JobStatements.openByCacheKey, key, user ?? ""
      ) { try Job($0) }
    }
  }

  func completedJob(cacheKey: String) throws -> Job? {
    try one(
      JobStatements.completed, cacheKey
    ) { try Job($0) }
  }

  func claimedJob(_ claim: ClaimID) throws -> Job? {
    guard let row = try value(JobStatements.claimed, claim, as: Int64.self) else { return nil }
    return try one(JobStatements.ofRow, row) { try Job($0) }
  }

  func children(of parent: JobID, in states: Set<JobState>) throws -> [JobID] {
    try all(
      JobStatements.children, parent, TextList(states.map(\.rawValue))
    ) { try $0[0] }
  }

  func laneLoads() throws -> [LaneLoad] {
    try all(
      JobStatements.loads
    ) { row in
      LaneLoad(
        row: try row.integer(0),
        JobLane(
          queue: try row.text(1), kind: try row.text(2), needs: JobLane.needs(try row.text(3)),
          priority: Int(try row.integer(4)), user: JobLane.user(try row.text(5)),
          memory: try row.integer(6), isOfChildren: try row.integer(7) != 0),
        queued: Int(try row.integer(8)), running: Int(try row.integer(9)))
    }
  }

  /// The row of the queued job of some lanes that is due and has been due for the longest.
  func oldestDueRow(in lanes: [LaneLoad], at now: Timestamp) throws -> Int64? {
    var oldest: (time: Int64, row: Int64)?
    for lane in lanes {
      let found: (time: Int64, row: Int64)? = try one(
        JobStatements.oldestDue, lane.row, now
      ) { (try $0.integer(0), try $0.integer(1)) }
      if let found, oldest.map({ found < $0 }) ?? true { oldest = found }
    }
    return oldest?.row
  }

  func lapsedJobs(at now: Timestamp, atMost count: Int) throws -> [Job] {
    let lapsed: [(until: Int64, row: Int64)] = try all(
      JobStatements.lapsed, now
    ) { (try $0.integer(0), try $0.integer(1)) }
    return try lapsed.sorted { $0 < $1 }.prefix(count).compactMap { lapsed in
      try one(JobStatements.ofRow, lapsed.row) { try Job($0) }
    }
  }

  func nextDue(after now: Timestamp) throws -> Timestamp? {
    try value(
      JobStatements.nextDue, now, as: Timestamp?.self) ?? nil
  }
}
