import Foundations
import Model
import SQLite

/// Jobs in their table.
extension CatalogueWriter: JobShelf {
  func insertJob(_ job: Job) throws {
    let lane = try lane(of: job)
    try run(
      """
      INSERT INTO job (id, lane, parent, ordinal, input, wanted_at, is_held, attempt_limit,
        crash_limit, run, workflow, dedupe_key, cache_key, tolerates_loss, has_join, created_at,
        state, is_open, run_at, attempts, crashes, epoch, cancel_wished, children, pending, lost,
        partial, progress, cpu_seconds, peak_memory, result, finished_at, last_event)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
        0, 0, 0, 0, ?20, ?21, ?22, ?23, ?24, 0, 0, ?25, ?26, ?27)
      """, job.id, lane, job.place?.parent, job.place?.ordinal, job.asked.input.text(),
      job.asked.runAt, job.asked.isHeld, job.asked.attempts, job.asked.crashes, job.asked.run,
      job.asked.workflow, job.asked.dedupeKey, job.asked.cacheKey,
      job.asked.childRule.toleratesLoss, job.asked.childRule.hasJoin, job.createdAt, job.state,
      job.isOpen, job.runAt, job.children.total, job.children.pending, job.children.lost,
      job.children.partial, job.progress.stored, job.result?.text(), job.finishedAt,
      job.lastEvent)
    known.note(job, row: lastInsertedRow, lane: lane)
  }

  func saveJob(_ job: Job, was old: Job) throws {
    var place = try place(of: job.id)
    if job.asked.priority != old.asked.priority { place.lane = try lane(of: job) }
    let change = JobChange(of: job, from: old)
    if !change.isEmpty { try run(change.sql, values: [.integer(place.row)] + change.values) }
    if job.asked.priority != old.asked.priority {
      try run("UPDATE job SET lane = ?2 WHERE row = ?1", place.row, place.lane)
    }
    known.note(job, row: place.row, lane: place.lane)
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

  func prunableJobs(finishedBefore time: Timestamp, atMost count: Int) throws -> [JobID] {
    try all(
      JobStatements.prunable, time, count
    ) { try $0[0] }
  }

  func forgetJob(_ id: JobID) throws {
    // Its children go with it.
    known.forgetAll()
    try run("DELETE FROM job WHERE id = ?1", id)
  }

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
