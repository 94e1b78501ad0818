import Foundations
import Model
import SQLite

extension JobState: SQLEncodable, SQLDecodable {
  /// A state as it lies in a column.
  init(stored text: String) throws {
    guard let state = JobState(rawValue: text) else {
      throw ModelFailure(.jobBadValue, "the catalogue has a job of the state \"\(text)\"")
    }
    self = state
  }
}
extension JobEvent.Kind: SQLEncodable, SQLDecodable {}

extension Job {
  /// A job with its lane, read by `init`; the row comes last.
  static let columns: SQL = """
    SELECT id, queue, kind, needs, priority, user, memory, parent, ordinal, input, wanted_at,
      is_held, attempt_limit, crash_limit, run, workflow, dedupe_key, cache_key, tolerates_loss,
      has_join, created_at, state, stage, run_at, attempts, crashes, epoch, claim, worker,
      lease_until, heartbeat, cancel_wished, children, pending, lost, partial, progress,
      cpu_seconds, peak_memory, result, error, started_at, finished_at, last_event, job.row, job.lane
    """
  static let selection: SQL =
    columns + " FROM job CROSS JOIN job_lane ON job_lane.row = job.lane "
  /// Where the row stands among the columns.
  static let rowColumn = 44
  /// And its lane.
  static let laneColumn = 45

  init(_ row: borrowing Row) throws {
    let asked = try NewJob(row)
    let place: Place? =
      if let parent = try row.textIfAny(7) {
        Place(parent: try JobID(parent), ordinal: Int(try row.integer(8)))
      } else { nil }
    self.init(
      id: try JobID(row.text(0)), asked, place: place, state: try JobState(stored: row.text(21)),
      at: Timestamp(microseconds: try row.integer(20)))
    try readPlace(row)
    try readOutcome(row)
  }

  private mutating func readPlace(_ row: borrowing Row) throws {
    stage = try row.textIfAny(22)
    runAt = Timestamp(microseconds: try row.integer(23))
    attempts = Int(try row.integer(24))
    crashes = Int(try row.integer(25))
    epoch = try row.integer(26)
    claim = try row.textIfAny(27).map { try ClaimID($0) }
    if let worker = try row.textIfAny(28) {
      lease = JobLease(worker: worker, until: Timestamp(microseconds: try row.integer(29)))
    }
    heartbeat = try row.timeIfAny(30)
    isCancelWished = try row.integer(31) != 0
    children.total = Int(try row.integer(32))
    children.pending = Int(try row.integer(33))
    children.lost = Int(try row.integer(34))
    children.partial = Int(try row.integer(35))
  }

  private mutating func readOutcome(_ row: borrowing Row) throws {
    if let told = try row.textIfAny(36) {
      progress = JobProgress(json: try JSONReader.read(told).object ?? [:])
    }
    use = JobUse(cpuSeconds: try row[37], peakMemory: try row.integer(38))
    result = try row.textIfAny(39).map { try JSONReader.read($0) }
    error = try row.textIfAny(40).flatMap {
      JobError(json: try JSONReader.read($0).object ?? [:])
    }
    startedAt = try row.timeIfAny(41)
    finishedAt = try row.timeIfAny(42)
    lastEvent = Int(try row.integer(43))
  }
}

extension NewJob {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(kind: try row.text(2), input: try JSONReader.read(row.text(9)))
    queue = try row.text(1)
    needs = JobLane.needs(try row.text(3))
    priority = Int(try row.integer(4))
    user = JobLane.user(try row.text(5))
    memory = try row.integer(6)
    runAt = try row.timeIfAny(10)
    isHeld = try row.integer(11) != 0
    attempts = Int(try row.integer(12))
    crashes = Int(try row.integer(13))
    run = try row.textIfAny(14).map { try RunID($0) }
    workflow = try row.textIfAny(15).map { try WorkflowID($0) }
    dedupeKey = try row.textIfAny(16)
    cacheKey = try row.textIfAny(17)
    childRule = ChildRule(
      toleratesLoss: try row.integer(18) != 0, hasJoin: try row.integer(19) != 0)
  }
}

extension Row {
  fileprivate borrowing func timeIfAny(_ column: Int) throws -> Timestamp? {
    try integerIfAny(column).map { Timestamp(microseconds: $0) }
  }
}

extension JobLane {
  /// Needs as they lie in a column: words by order, none of which has a comma.
  var storedNeeds: String { needs.sorted().joined(separator: ",") }
  static func needs(_ stored: String) -> Set<String> {
    stored.isEmpty ? [] : Set(stored.split(separator: ",").map(String.init))
  }

  static func user(_ stored: String) -> String? { stored.isEmpty ? nil : stored }
}
