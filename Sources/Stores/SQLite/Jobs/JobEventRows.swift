import Foundations
import Model
import SQLite

extension JobEvent {
  fileprivate static let selection: SQL = """
    SELECT sequence, job.id, number, kind, at, payload
    FROM job_event CROSS JOIN job ON job.row = job_event.job

    """

  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      sequence: try row[0], job: try row[1], number: try row[2], kind: try row[3],
      at: try row[4], payload: try row[5])
  }
}

extension CatalogueQueries {
  func jobEvents(after sequence: Int64, atMost count: Int) throws -> [JobEvent] {
    try all(
      JobEvent.selection + "WHERE sequence > ?1 ORDER BY sequence LIMIT ?2", sequence, count
    ) { try JobEvent($0) }
  }

  func jobEvents(of job: JobID, after number: Int, atMost count: Int) throws -> [JobEvent] {
    guard let row = try value("SELECT row FROM job WHERE id = ?1", job, as: Int64.self) else {
      throw ModelFailure.missing(job)
    }
    return try all(
      JobEvent.selection + "WHERE job_event.job = ?1 AND number > ?2 ORDER BY number LIMIT ?3",
      row, number, count
    ) { try JobEvent($0) }
  }

  func lastJobEvent() throws -> Int64 {
    // As it was given out, even where that event was pruned.
    try value("SELECT seq FROM sqlite_sequence WHERE name = 'job_event'") ?? 0
  }
}
