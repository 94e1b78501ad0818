import Foundations
import Model
import SQLite

extension JobState: SQLEncodable, SQLDecodable {}
extension JobEvent.Kind: SQLEncodable, SQLDecodable {}

extension Job {
  /// A job with its lane, read by `init`; the row comes last.
  static let columns: SQL = """
    SELECT id, queue, kind, needs, priority, user, memory, parent, ordinal, input, wanted_at,
      is_held, attempt_limit, crash_limit, run, workflow, dedupe_key, cache_key, tolerates_loss,
      has_join, created_at, state, stage, run_at, attempts, crashes, epoch, claim, worker,
      lease_until, heartbeat, cancel_wished, children, pending, lost, partial, progress,
      cpu_seconds, peak_memory, result, error, started_at, finished_at, last_event, job.row
    """
  static let selection: SQL =
    columns + " FROM job CROSS JOIN job_lane ON job_lane.row = job.lane "
  /// Where the row stands among the columns.
  static let rowColumn = 44

  init(_ row: borrowing Row) throws {
    let asked = try NewJob(row)
    let parent: JobID? = try row[7]
    self.init(
      id: try row[0], asked, place: try parent.map { Place(parent: $0, ordinal: try row[8]) },
      state: try row[21], at: try row[20])
    try readPlace(row)
    try readOutcome(row)
  }

  private mutating func readPlace(_ row: borrowing Row) throws {
    stage = try row[22]
    runAt = try row[23]
    attempts = try row[24]
    crashes = try row[25]
    epoch = try row[26]
    claim = try row[27]
    if let worker: String = try row[28] {
      lease = JobLease(worker: worker, until: try row[29])
    }
    heartbeat = try row[30]
    isCancelWished = try row[31]
    children.total = try row[32]
    children.pending = try row[33]
    children.lost = try row[34]
    children.partial = try row[35]
  }

  private mutating func readOutcome(_ row: borrowing Row) throws {
    progress = JobProgress(json: try row[36])
    use = JobUse(cpuSeconds: try row[37], peakMemory: try row[38])
    result = try row.value(39, as: String?.self).map { try JSONReader.read($0) }
    error = try row.value(40, as: String?.self).flatMap {
      JobError(json: try JSONReader.read($0).object ?? [:])
    }
    startedAt = try row[41]
    finishedAt = try row[42]
    lastEvent = try row[43]
  }
}

extension NewJob {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      kind: try row[2], input: try JSONReader.read(row.value(9, as: String.self)))
    queue = try row[1]
    needs = JobLane.needs(try row[3])
    priority = try row[4]
    user = JobLane.user(try row[5])
    memory = try row[6]
    runAt = try row[10]
    isHeld = try row[11]
    attempts = try row[12]
    crashes = try row[13]
    run = try row[14]
    workflow = try row[15]
    dedupeKey = try row[16]
    cacheKey = try row[17]
    childRule = ChildRule(toleratesLoss: try row[18], hasJoin: try row[19])
  }
}

extension JobLane {
  /// Needs as they lie in a column: words by order, none of which has a comma.
  var storedNeeds: String { needs.sorted().joined(separator: ",") }
  static func needs(_ stored: String) -> Set<String> {
    Set(stored.split(separator: ",").map(String.init))
  }

  static func user(_ stored: String) -> String? { stored.isEmpty ? nil : stored }
}
