import Foundations
import Model
import SQLite

/// Jobs in their table.
extension CatalogueWriter: JobShelf {
  func insertJob(_ job: Job) throws {
    try run(
      """
      INSERT INTO job (id, lane, parent, ordinal, input, wanted_at, is_held, attempt_limit,
        crash_limit, run, workflow, dedupe_key, cache_key, tolerates_loss, has_join, created_at,
        state, is_open, run_at, attempts, crashes, epoch, cancel_wished, children, pending, lost,
        partial, progress, cpu_seconds, peak_memory, result, finished_at, last_event)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
        0, 0, 0, 0, ?20, ?21, ?22, ?23, ?24, 0, 0, ?25, ?26, ?27)
      """, job.id, lane(of: job), job.place?.parent, job.place?.ordinal, job.asked.input.text(),
      job.asked.runAt, job.asked.isHeld, job.asked.attempts, job.asked.crashes, job.asked.run,
      job.asked.workflow, job.asked.dedupeKey, job.asked.cacheKey,
      job.asked.childRule.toleratesLoss, job.asked.childRule.hasJoin, job.createdAt, job.state,
      job.isOpen, job.runAt, job.children.total, job.children.pending, job.children.lost,
      job.children.partial, stored(job.progress), job.result?.text(), job.finishedAt,
      job.lastEvent)
  }

  func saveJob(_ job: Job, was old: Job) throws {
    if job.asked.priority != old.asked.priority {
      try run("UPDATE job SET lane = ?2 WHERE id = ?1", job.id, lane(of: job))
    }
    try run(
      """
      UPDATE job SET state = ?2, is_open = ?3, stage = ?4, run_at = ?5, attempts = ?6,
        crashes = ?7, epoch = ?8, claim = ?9, worker = ?10, lease_until = ?11, heartbeat = ?12,
        cancel_wished = ?13, children = ?14, pending = ?15, lost = ?16, partial = ?17,
        progress = ?18, cpu_seconds = ?19, peak_memory = ?20, result = ?21, error = ?22,
        started_at = ?23, finished_at = ?24, last_event = ?25
      WHERE id = ?1
      """, job.id, job.state, job.isOpen, job.stage, job.runAt, job.attempts, job.crashes,
      job.epoch, job.claim, job.lease?.worker, job.lease?.until, job.heartbeat,
      job.isCancelWished, job.children.total, job.children.pending, job.children.lost,
      job.children.partial, stored(job.progress), job.use.cpuSeconds, job.use.peakMemory,
      job.result?.text(), job.error.map { JSONValue.object($0.json).text() }, job.startedAt,
      job.finishedAt, job.lastEvent)
  }

  /// Nothing, where nothing has been told yet.
  private func stored(_ progress: JobProgress) -> JSONObject {
    progress == JobProgress() ? [:] : progress.json
  }

  private func lane(of job: Job) throws -> Int64 {
    let lane = JobLane(job)
    let (needs, user) = (lane.storedNeeds, lane.user ?? "")
    let known = try value(
      """
      SELECT row FROM job_lane WHERE queue = ?1 AND kind = ?2 AND needs = ?3 AND priority = ?4
        AND user = ?5 AND memory = ?6 AND of_children = ?7
      """, lane.queue, lane.kind, needs, lane.priority, user, lane.memory, lane.isOfChildren,
      as: Int64.self)
    if let known { return known }
    try run(
      """
      INSERT INTO job_lane (queue, kind, needs, priority, user, memory, of_children)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """, lane.queue, lane.kind, needs, lane.priority, user, lane.memory, lane.isOfChildren)
    return lastInsertedRow
  }

  func insertJobEvent(
    _ kind: JobEvent.Kind, of job: JobID, number: Int, _ payload: JSONObject, at now: Timestamp
  ) throws {
    try run(
      """
      INSERT INTO job_event (job, number, kind, at, payload)
      SELECT row, ?2, ?3, ?4, ?5 FROM job WHERE id = ?1
      """, job, number, kind, now, payload)
  }

  func prunableJobs(finishedBefore time: Timestamp, atMost count: Int) throws -> [JobID] {
    try all(
      JobStatements.prunable, time, count
    ) { try $0[0] }
  }

  func forgetJob(_ id: JobID) throws { try run("DELETE FROM job WHERE id = ?1", id) }

  func forgetEmptyLanes() throws {
    try run(
      """
      DELETE FROM job_lane WHERE NOT EXISTS (
        SELECT 1 FROM job_tally WHERE lane = job_lane.row AND count > 0)
      """)
  }

  func forgetPassingEvents(before time: Timestamp, atMost count: Int) throws -> Int {
    try run(JobStatements.forgetPassingEvents, time, count)
  }
}
