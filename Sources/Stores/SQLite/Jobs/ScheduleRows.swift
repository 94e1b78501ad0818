import Foundations
import Model
import SQLite

extension JobSchedule {
  fileprivate static let selection: SQL = """
    SELECT id, job, every_seconds, day_second, day_offset, next_due, is_on, last_job
    FROM job_schedule

    """

  fileprivate init(_ row: borrowing Row) throws {
    let every: Int64? = try row[2]
    let rhythm: Rhythm =
      if let every { .every(seconds: every) } else {
        .daily(second: try row[3], offset: try row[4])
      }
    let nextDue: Timestamp = try row[5]
    self.init(
      id: try row[0],
      try NewJob(json: JSONReader.read(row.value(1, as: String.self)).object ?? [:]),
      rhythm, from: nextDue)
    self.nextDue = nextDue
    isOn = try row[6]
    lastJob = try row[7]
  }
}

extension CatalogueQueries {
  func schedule(_ id: ScheduleID) throws -> JobSchedule? {
    try one(JobSchedule.selection + "WHERE id = ?1", id) { try JobSchedule($0) }
  }

  func schedules() throws -> [JobSchedule] {
    try all(JobSchedule.selection + "ORDER BY id") { try JobSchedule($0) }
  }

  func dueSchedules(at now: Timestamp) throws -> [JobSchedule] {
    try all(
      JobSchedule.selection + "WHERE is_on = 1 AND next_due <= ?1 ORDER BY next_due, id", now
    ) { try JobSchedule($0) }
  }
}

extension CatalogueWriter {
  func keepSchedule(_ schedule: JobSchedule) throws {
    var every: Int64?
    var daily: (second: Int64, offset: Int64)?
    switch schedule.rhythm {
    case .every(let seconds): every = seconds
    case .daily(let second, let offset): daily = (second, offset)
    }
    try run(
      "INSERT OR REPLACE INTO job_schedule VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", schedule.id,
      JSONValue.object(schedule.job.json).text(), every, daily?.second, daily?.offset,
      schedule.nextDue, schedule.isOn, schedule.lastJob)
  }

  func forgetSchedule(_ id: ScheduleID) throws {
    try run("DELETE FROM job_schedule WHERE id = ?1", id)
  }
}
