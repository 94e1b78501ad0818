import Foundations
import Model
import SQLite

/// The jobs that a write has read or kept, so that its rules may ask for them as often as they like.
///
/// It ends with the write: nobody else changes them meanwhile.
final class KnownJobs {
  struct Place {
    let row: Int64
    var lane: Int64
  }

  // A job that is split has thousands of parts.
  private static let most = 64

  private var jobs: [JobID: (job: Job, place: Place)] = [:]

  subscript(_ id: JobID) -> (job: Job, place: Place)? { jobs[id] }

  func note(_ job: Job, row: Int64, lane: Int64) {
    if jobs.count >= Self.most { forgetAll() }
    jobs[job.id] = (job, Place(row: row, lane: lane))
  }

  func forgetAll() { jobs = [:] }
}

extension CatalogueWriter {
  func job(_ id: JobID) throws -> Job? {
    if let kept = known[id] { return kept.job }
    return try noted(JobStatements.ofID, id)
  }

  func oldestDue(in lanes: [LaneLoad], at now: Timestamp) throws -> Job? {
    guard let row = try oldestDueRow(in: lanes, at: now) else { return nil }
    return try noted(JobStatements.ofRow, row)
  }

  private func noted(_ sql: SQL, _ key: any SQLEncodable) throws -> Job? {
    try one(sql, key) { row in
      let job = try Job(row)
      known.note(job, row: try row.integer(Job.rowColumn), lane: try row.integer(Job.laneColumn))
      return job
    }
  }

  /// Where a job lies.
  func place(of id: JobID) throws -> KnownJobs.Place {
    if let kept = known[id] { return kept.place }
    let found = try one("SELECT row, lane FROM job WHERE id = ?1", id) { row in
      KnownJobs.Place(row: try row.integer(0), lane: try row.integer(1))
    }
    guard let found else { throw ModelFailure.missing(id) }
    return found
  }
}
