import Foundations

/// The writes of one transaction, each undone by itself where it fails, all with one commit.
struct WriteGroup {
  /// How a group's writes went.
  struct Outcome {
    /// Each write, with what went wrong or nil.
    var answers: [(request: WriteRequest, failure: (any Error)?)] = []
    /// Whether anything was committed.
    var isCommitted = false
  }

  private let connection: Connection
  private let schema: Schema
  private let limits: WriteLimits
  private let beforeCommit: (@Sendable ([[UInt8]]) throws -> Void)?
  private let work: (any GroupWork)?
  private var done: [WriteRequest] = []
  private var journal: [[UInt8]] = []
  private var outcome = Outcome()

  init(on connection: Connection, _ schema: Schema, _ options: DatabaseOptions) {
    self.connection = connection
    self.schema = schema
    limits = options.writes
    beforeCommit = options.beforeCommit
    work = options.groupWork?()
  }

  /// Runs what `next` gives, which is asked again after each write, and commits.
  static func run(
    on connection: Connection, _ schema: Schema, _ options: DatabaseOptions,
    next: () -> WriteRequest?
  ) -> Outcome {
    var group = WriteGroup(on: connection, schema, options)
    group.run(next)
    return group.outcome
  }

  private mutating func run(_ next: () -> WriteRequest?) {
    guard let first = next() else { return }
    let start = SystemTime().uptime
    do {
      try connection.run("BEGIN IMMEDIATE")
      try schema.checkIsCurrent(on: connection)
    } catch {
      connection.rollBack()
      outcome.answers.append((first, error))
      // The others would meet the same, each after as long a wait.
      while let request = next() { outcome.answers.append((request, error)) }
      return
    }
    connection.finishesWrites = true
    perform(first, isFirst: true)
    while connection.isInTransaction, outcome.answers.count + done.count < limits.writesAtOnce,
      SystemTime().uptime - start < limits.timeAtOnce, let request = next()
    {
      perform(request)
    }
    connection.finishesWrites = false
    commit()
  }

  /// Does one write; what the first one has done is all there is to undo, and needs no savepoint.
  private mutating func perform(_ request: WriteRequest, isFirst: Bool = false) {
    let transaction = WriteTransaction(on: connection, work)
    work?.beginWrite()
    do {
      try request.stop?.check()
      if !isFirst { try connection.run("SAVEPOINT one") }
      try connection.stoppable(by: request.stop) { try request.perform(transaction) }
      // Left to COMMIT, one write's broken reference would fail the whole group.
      guard !connection.hasBrokenReferences else {
        throw SQLiteFailure(Constraint(.foreignKey), in: connection.path)
      }
      if !isFirst { try connection.run("RELEASE one") }
      work?.endWrite(isKept: true)
      done.append(request)
      journal += transaction.journal
    } catch {
      if isFirst { connection.rollBack() } else { undo() }
      work?.endWrite(isKept: false)
      outcome.answers.append((request, error))
      // On a full or broken disk SQLite undoes the whole transaction by itself.
      if !connection.isInTransaction { failAll(error) }
    }
  }

  /// Undoes what the latest write has done.
  private func undo() {
    guard connection.isInTransaction else { return }
    do {
      try connection.run("ROLLBACK TO one")
      try connection.run("RELEASE one")
    } catch {
      // Either there was no savepoint yet, and nothing to undo, or nothing can be relied on.
      connection.rollBack()
    }
  }

  private mutating func commit() {
    guard connection.isInTransaction else { return }
    guard !done.isEmpty else { return connection.rollBack() }
    do {
      try work?.finish(on: connection)
      if !journal.isEmpty { try beforeCommit?(journal) }
      try connection.run("COMMIT")
      outcome.isCommitted = true
      outcome.answers += done.map { ($0, nil) }
    } catch {
      connection.rollBack()
      failAll(error)
    }
  }

  private mutating func failAll(_ failure: any Error) {
    outcome.answers += done.map { ($0, failure) }
    done = []
  }
}
