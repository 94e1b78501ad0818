import Foundations
import Model
import SQLite
import Synchronization

/// The columns of a job in which it differs from what is kept.
///
/// No other is named in the statement: SQLite writes each index anew that one of them stands in.
struct JobChange {
  private(set) var values: [SQLValue] = []
  // A bit for each column.
  private var columns: UInt32 = 0

  private static let names: [SQL] = [
    "state", "is_open", "stage", "run_at", "attempts", "crashes", "epoch", "claim", "worker",
    "lease_until", "heartbeat", "cancel_wished", "children", "pending", "lost", "partial",
    "progress", "cpu_seconds", "peak_memory", "result", "error", "started_at", "finished_at",
    "last_event",
  ]

  init(of job: Job, from old: Job) {
    values.reserveCapacity(12)
    add(0, job.state != old.state, job.state.sqlValue)
    add(1, job.isOpen != old.isOpen, job.isOpen.sqlValue)
    add(2, job.stage != old.stage, job.stage.sqlValue)
    add(3, job.runAt != old.runAt, job.runAt.sqlValue)
    add(4, job.attempts != old.attempts, job.attempts.sqlValue)
    add(5, job.crashes != old.crashes, job.crashes.sqlValue)
    add(6, job.epoch != old.epoch, job.epoch.sqlValue)
    add(7, job.claim != old.claim, job.claim.sqlValue)
    add(8, job.lease?.worker != old.lease?.worker, (job.lease?.worker).sqlValue)
    add(9, job.lease?.until != old.lease?.until, (job.lease?.until).sqlValue)
    add(10, job.heartbeat != old.heartbeat, job.heartbeat.sqlValue)
    add(11, job.isCancelWished != old.isCancelWished, job.isCancelWished.sqlValue)
    if job.children != old.children { addChildren(job.children) }
    add(16, job.progress != old.progress, job.progress.stored.sqlValue)
    add(17, job.use.cpuSeconds != old.use.cpuSeconds, job.use.cpuSeconds.sqlValue)
    add(18, job.use.peakMemory != old.use.peakMemory, job.use.peakMemory.sqlValue)
    add(19, job.result != old.result, (job.result?.text()).sqlValue)
    add(
      20, job.error != old.error, job.error.map { JSONValue.object($0.json).text() }.sqlValue)
    add(21, job.startedAt != old.startedAt, job.startedAt.sqlValue)
    add(22, job.finishedAt != old.finishedAt, job.finishedAt.sqlValue)
    add(23, job.lastEvent != old.lastEvent, job.lastEvent.sqlValue)
  }

  private mutating func addChildren(_ children: JobChildren) {
    add(12, true, children.total.sqlValue)
    add(13, true, children.pending.sqlValue)
    add(14, true, children.lost.sqlValue)
    add(15, true, children.partial.sqlValue)
  }

  private mutating func add(
    _ column: Int, _ isChanged: Bool, _ value: @autoclosure () -> SQLValue
  ) {
    guard isChanged else { return }
    columns |= 1 << UInt32(column)
    values.append(value())
  }

  var isEmpty: Bool { columns == 0 }

  /// The statement, whose first parameter is the row.
  var sql: SQL {
    Self.statements.withLock { statements in
      if let known = statements[columns] { return known }
      let set = Self.names.enumerated().filter { columns & (1 << UInt32($0.offset)) != 0 }
      let parts = set.enumerated().map { $0.element.element + " = " + .parameter($0.offset + 2) }
      let sql: SQL = "UPDATE job SET " + .joined(parts, by: ", ") + " WHERE row = ?1"
      statements[columns] = sql
      return sql
    }
  }

  // As many as there are sorts of change.
  private static let statements = Mutex<[UInt32: SQL]>([:])
}

extension JobProgress {
  /// Nothing, where nothing has been told yet.
  var stored: JSONObject { self == JobProgress() ? [:] : json }
}
