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
        Job.selection + """
          WHERE dedupe_key = ?1 AND is_open = 1 AND parent IS NULL AND cancel_wished = 0
            AND user = ?2
          ORDER BY job.row LIMIT 1
          """, key, user ?? ""
      ) { try Job($0) }
    case .cache(let key):
      try one(
        Job.selection + """
          WHERE cache_key = ?1 AND is_open = 1 AND parent IS NULL AND cancel_wished = 0
            AND user = ?2
          ORDER BY job.row LIMIT 1
          """, key, user ?? ""
      ) { try Job($0) }
    }
  }

  func completedJob(cacheKey: String) throws -> Job? {
    try one(
      Job.selection + """
        WHERE cache_key = ?1 AND state = 'completed' ORDER BY finished_at DESC, job.row DESC LIMIT 1
        """, cacheKey
    ) { try Job($0) }
  }

  func claimedJob(_ claim: ClaimID) throws -> Job? {
    try one(Job.selection + "WHERE claim = ?1", claim) { try Job($0) }
  }

  func children(of parent: JobID, in states: Set<JobState>) throws -> [JobID] {
    try all(
      """
      SELECT id FROM job WHERE parent = ?1 AND state IN (SELECT value FROM json_each(?2))
      ORDER BY ordinal
      """, parent, TextList(states.map(\.rawValue))
    ) { try $0[0] }
  }

  func laneLoads() throws -> [LaneLoad] {
    try all(
      """
      SELECT lane.row, queue, kind, needs, priority, user, memory, of_children,
        ifnull(queued.count, 0), ifnull(running.count, 0)
      FROM job_lane AS lane
      LEFT JOIN job_tally AS queued ON queued.lane = lane.row AND queued.state = 'queued'
      LEFT JOIN job_tally AS running ON running.lane = lane.row AND running.state = 'running'
      WHERE queued.count > 0 OR running.count > 0
      """
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
        """
        SELECT run_at, row FROM job WHERE lane = ?1 AND state = 'queued' AND run_at <= ?2
        ORDER BY run_at, row LIMIT 1
        """, lane.row, now
      ) { (try $0[0], try $0[1]) }
      if let found, oldest.map({ found < $0 }) ?? true { oldest = found }
    }
    guard let oldest else { return nil }
    return try one(Job.selection + "WHERE job.row = ?1", oldest.row) { try Job($0) }
  }

  func lapsedJobs(at now: Timestamp, atMost count: Int) throws -> [Job] {
    try all(
      Job.selection + "WHERE lease_until <= ?1 ORDER BY lease_until, job.row LIMIT ?2", now, count
    ) { try Job($0) }
  }

  func nextDue(after now: Timestamp) throws -> Timestamp? {
    try value(
      """
      SELECT min(time) FROM (
        SELECT (SELECT run_at FROM job WHERE job.lane = job_lane.row AND state = 'queued'
          AND run_at > ?1 ORDER BY run_at LIMIT 1) AS time FROM job_lane
        UNION ALL SELECT min(lease_until) FROM job WHERE lease_until IS NOT NULL
        UNION ALL SELECT min(next_due) FROM job_schedule WHERE is_on = 1)
      """, now, as: Timestamp?.self) ?? nil
  }
}
