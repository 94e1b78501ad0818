import Foundations
import Model
import SQLite

extension JobEvent {
  fileprivate static let selection: SQL = """
    SELECT sequence, job.id, number, kind, at, payload
    FROM job_event CROSS JOIN job ON job.row = job_event.job

    """

  fileprivate init(_ row: borrowing Row) throws {
    let id: JobID = try row[1]
    let told: JSONObject = try row[5]
    self.init(
      sequence: try row[0], job: id, number: try row[2], kind: try row[3], at: try row[4],
      payload: .told(told, of: id))
  }
}

extension JSONObject {
  /// An event's whole payload, with what is not kept with each.
  static func told(_ payload: JSONObject, of job: JobID) -> JSONObject {
    var whole: JSONObject = ["job_id": .string(job.text)]
    for (key, value) in payload.members { whole[key] = value }
    return whole
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
    try value("SELECT ifnull(max(sequence), 0) FROM job_event") ?? 0
  }
}

extension CatalogueWriter {
  func insertJobEvents(
    _ events: [ToldEvent], of job: JobID, from first: Int, at now: Timestamp
  ) throws {
    guard !events.isEmpty else { return }
    let row = try place(of: job).row
    var values: [SQLValue] = [.integer(row), .integer(now.microseconds)]
    // Most changes tell two.
    let isPair = events.count == 2
    for (index, event) in events.enumerated() {
      values += [
        .integer(Int64(first + index)), .text(event.kind.rawValue), event.payload.sqlValue,
      ]
      if isPair && index == 0 { continue }
      try run(isPair ? Self.insertTwo : Self.insertOne, values: values)
      values.removeLast(values.count - 2)
    }
  }

  private static let insertOne: SQL = """
    INSERT INTO job_event (job, at, number, kind, payload) VALUES (?1, ?2, ?3, ?4, ?5)
    """
  private static let insertTwo: SQL = """
    INSERT INTO job_event (job, at, number, kind, payload)
    VALUES (?1, ?2, ?3, ?4, ?5), (?1, ?2, ?6, ?7, ?8)
    """
}
