import Model
import SQLite

/// What is asked of the tables of jobs, so that tests see that none of it looks through all jobs.
enum JobStatements {
  /// A job by its id.
  static let ofID: SQL =
    Job.selection + "WHERE job.id = ?1"
  /// A job by its row.
  static let ofRow: SQL =
    Job.selection + "WHERE job.row = ?1"
  /// The open job of a dedupe key and a user.
  static let openByDedupeKey: SQL =
    Job.selection + """
      WHERE dedupe_key = ?1 AND is_open = 1 AND parent IS NULL AND cancel_wished = 0
        AND user = ?2
      ORDER BY job.row LIMIT 1
      """
  /// The open job of a cache key and a user.
  static let openByCacheKey: SQL =
    Job.selection + """
      WHERE cache_key = ?1 AND is_open = 1 AND parent IS NULL AND cancel_wished = 0
        AND user = ?2
      ORDER BY job.row LIMIT 1
      """
  /// The last completed job of a cache key.
  static let completed: SQL =
    Job.selection + """
      WHERE cache_key = ?1 AND state = 'completed' ORDER BY finished_at DESC, job.row DESC LIMIT 1
      """
  /// The job that a claim was given.
  static let claimed: SQL = "SELECT row FROM job WHERE claim = ?1"
  /// The children of a job in some states.
  static let children: SQL = """
    SELECT id FROM job WHERE parent = ?1 AND state IN (SELECT value FROM json_each(?2))
    ORDER BY ordinal
    """
  /// What waits and runs in each lane.
  static let loads: SQL = """
    SELECT lane.row, queue, kind, needs, priority, user, memory, of_children,
      ifnull(queued.count, 0), ifnull(running.count, 0)
    FROM job_lane AS lane
    LEFT JOIN job_tally AS queued ON queued.lane = lane.row AND queued.state = 'queued'
    LEFT JOIN job_tally AS running ON running.lane = lane.row AND running.state = 'running'
    WHERE queued.count > 0 OR running.count > 0
    """
  /// The oldest job of a lane that is due.
  static let oldestDue: SQL = """
    SELECT run_at, row FROM job WHERE lane = ?1 AND state = 'queued' AND run_at <= ?2
    ORDER BY run_at, row LIMIT 1
    """
  /// Running jobs whose leases have lapsed: those that run are few, and an index of leases would be
  /// written whenever a job is taken or ends.
  static let lapsed: SQL = """
    SELECT lease_until, job.row FROM job_tally CROSS JOIN job INDEXED BY job_by_lane
      ON job.lane = job_tally.lane AND job.state = 'running'
    WHERE job_tally.state = 'running' AND job_tally.count > 0 AND lease_until <= ?1
    """
  /// When the next thing is due.
  static let nextDue: SQL = """
    SELECT min(time) FROM (
      SELECT (SELECT run_at FROM job WHERE job.lane = job_lane.row AND state = 'queued'
        AND run_at > ?1 ORDER BY run_at LIMIT 1) AS time FROM job_lane
      UNION ALL SELECT (
        SELECT min(lease_until) FROM job INDEXED BY job_by_lane
        WHERE job.lane = job_tally.lane AND job.state = 'running')
      FROM job_tally WHERE job_tally.state = 'running' AND job_tally.count > 0
      UNION ALL SELECT min(next_due) FROM job_schedule WHERE is_on = 1)
    """
  /// The newest of a lane in a state, before a row.
  static let newestOfLane: SQL = """
    SELECT row FROM job INDEXED BY job_by_lane WHERE lane = ?1 AND state = ?2 AND row < ?3
    ORDER BY row DESC LIMIT ?4
    """
  /// How many of each lane are in each state.
  static let tallies: SQL = """
    SELECT lane.row, state, count, queue, kind, user, of_children
    FROM job_tally CROSS JOIN job_lane AS lane ON lane.row = job_tally.lane WHERE count > 0
    """
  /// Jobs that ended before a time, with nothing open below them.
  static let prunable: SQL = """
    SELECT id FROM job WHERE finished_at < ?1 AND parent IS NULL AND pending = 0
      AND (children = 0 OR NOT EXISTS (
        SELECT 1 FROM job AS child WHERE child.parent = job.id AND child.pending > 0))
    ORDER BY finished_at, row LIMIT ?2
    """
  /// Takes away old events that only pass; the kinds are the index's.
  static let forgetPassingEvents: SQL = """
    DELETE FROM job_event WHERE sequence IN (
      SELECT sequence FROM job_event
      WHERE kind IN ('progress_updated', 'resource_updated') AND at < ?1
      ORDER BY at LIMIT ?2)
    """

  /// All of them, by name.
  static let all: [(name: String, sql: SQL)] = [
    ("ofID", ofID),
    ("ofRow", ofRow),
    ("openByDedupeKey", openByDedupeKey),
    ("openByCacheKey", openByCacheKey),
    ("completed", completed),
    ("claimed", claimed),
    ("children", children),
    ("loads", loads),
    ("oldestDue", oldestDue),
    ("lapsed", lapsed),
    ("nextDue", nextDue),
    ("newestOfLane", newestOfLane),
    ("tallies", tallies),
    ("prunable", prunable),
    ("forgetPassingEvents", forgetPassingEvents),
  ]
}
