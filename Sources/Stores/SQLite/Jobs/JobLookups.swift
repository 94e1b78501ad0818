import Foundations
import Model
import SQLite

/// What the rules of jobs look up.
extension CatalogueQueries {
  func job(_ id: JobID) throws -> Job? {
    try one(Job.selection + "WHERE job.id = ?1", id) { try Job($0) }
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
    try one(JobStatements.claimed, claim) { try Job($0) }
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
        row: try row[0],
        JobLane(
          queue: try row[1], kind: try row[2], needs: JobLane.needs(try row[3]),
          priority: try row[4], user: JobLane.user(try row[5]), memory: try row[6],
          isOfChildren: try row[7]),
        queued: try row[8], running: try row[9])
    }
  }

  func oldestDue(in lanes: [LaneLoad], at now: Timestamp) throws -> Job? {
    var oldest: (time: Int64, row: Int64)?
    for lane in lanes {
      let found: (time: Int64, row: Int64)? = try one(
        JobStatements.oldestDue, lane.row, now
      ) { (try $0[0], try $0[1]) }
      if let found, oldest.map({ found < $0 }) ?? true { oldest = found }
    }
    guard let oldest else { return nil }
    return try one(Job.selection + "WHERE job.row = ?1", oldest.row) { try Job($0) }
  }

  func lapsedJobs(at now: Timestamp, atMost count: Int) throws -> [Job] {
    try all(
      JobStatements.lapsed, now, count
    ) { try Job($0) }
  }

  func nextDue(after now: Timestamp) throws -> Timestamp? {
    try value(
      JobStatements.nextDue, now, as: Timestamp?.self) ?? nil
  }
}
