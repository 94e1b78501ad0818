import Foundations
import Model
import SQLite

/// Lists of jobs.
///
/// Those of a parent, a run or a workflow have an index. Of the others, what is filtered by is the
/// lane's, and each lane's jobs of a state lie in order: the newest of each are merged. Where nothing is
/// filtered by, or the lanes are too many, all are walked from the newest until enough are found.
extension CatalogueQueries {
  func jobs(
    _ filter: JobFilter, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Job> {
    precondition(count > 0, "a page has room")
    let list = filter.parent == nil ? ListName.jobs : ListName.children
    try cursor?.check(for: list)
    let found =
      if let parent = filter.parent {
        try children(of: parent, filter, after: cursor, atMost: count + 1)
      } else if filter.run != nil || filter.workflow != nil {
        try page(of: statement(filter, after: cursor?.row, atMost: count + 1))
      } else {
        try newest(filter, after: cursor?.row, atMost: count + 1)
      }
    return Page(found, atMost: count, of: list) { .integer(Int64($0.place?.ordinal ?? 0)) }
  }

  private func page(
    of statement: (sql: SQL, parameters: [(any SQLEncodable)?])
  ) throws -> [(item: Job, row: Int64)] {
    try all(statement.sql, with: statement.parameters) {
      (item: try Job($0), row: try $0.integer(Job.rowColumn))
    }
  }

  private func children(
    of parent: JobID, _ filter: JobFilter, after cursor: PageCursor?, atMost count: Int
  ) throws -> [(item: Job, row: Int64)] {
    var parts = SQLParts()
    parts.add("parent = ", parent)
    if case .integer(let ordinal)? = cursor?.key { parts.add("ordinal > ", ordinal) }
    Self.add(filter, to: &parts)
    return try page(
      of: (
        Job.selection + "WHERE " + .joined(parts.conditions, by: " AND ")
          + " ORDER BY ordinal LIMIT " + parts.place(count), parts.parameters
      ))
  }

  /// A walk from the newest on, along the index of a run or a workflow where one is given.
  func statement(
    _ filter: JobFilter, after row: Int64?, atMost count: Int
  ) -> (sql: SQL, parameters: [(any SQLEncodable)?]) {
    var parts = SQLParts()
    if let run = filter.run { parts.add("run = ", run) }
    if let workflow = filter.workflow {
      // One index is enough; the run's is the smaller.
      parts.add(filter.run == nil ? "workflow = " : "+workflow = ", workflow)
    }
    parts.add("job.row < ", row ?? .max)
    Self.add(filter, to: &parts)
    let sql: SQL =
      Job.selection + "WHERE " + .joined(parts.conditions, by: " AND ")
      + " ORDER BY job.row DESC LIMIT " + parts.place(count)
    return (sql, parts.parameters)
  }

  /// What is no index's; the signs keep other indexes out.
  private static func add(_ filter: JobFilter, to parts: inout SQLParts) {
    if !filter.states.isEmpty {
      let states = parts.place(TextList(filter.states.map(\.rawValue).sorted()))
      parts.add("+state IN (SELECT value FROM json_each(" + states + "))")
    }
    if !filter.kinds.isEmpty {
      let kinds = parts.place(TextList(filter.kinds.sorted()))
      parts.add("+kind IN (SELECT value FROM json_each(" + kinds + "))")
    }
    if let queue = filter.queue { parts.add("+queue = ", queue) }
    if let user = filter.user { parts.add("+user = ", user) }
    if filter.isTopLevel { parts.add("+parent IS NULL") }
  }

  /// So many lanes in a state are merged; of each, a page's worth of rows is looked at.
  private static var mergedAtMost: Int { 256 }

  private func newest(
    _ filter: JobFilter, after row: Int64?, atMost count: Int
  ) throws -> [(item: Job, row: Int64)] {
    let tallies = try tallies()
    let wanted = tallies.filter { $0.matches(filter) }
    if wanted.isEmpty { return [] }
    // On a walk, what is wanted may lie behind all that is not: only where nothing is left out, or the
    // lanes are too many, is it the shorter way.
    if wanted.count == tallies.count || wanted.count > Self.mergedAtMost {
      return try page(of: statement(filter, after: row, atMost: count))
    }
    return try newestRows(of: wanted, before: row ?? .max, atMost: count).compactMap { row in
      try one(JobStatements.ofRow, row) { (item: try Job($0), row: row) }
    }
  }

  /// The newest of some lanes in some states, merged.
  ///
  /// Of each a fair share is read, and the rest only where that share is all among the newest: of a
  /// hundred lanes a page needs a few each.
  private func newestRows(
    of tallies: [JobTally], before row: Int64, atMost count: Int
  ) throws -> [Int64] {
    let share = min(count, 2 * count / tallies.count + 2)
    let read = try tallies.map { try newestRows(of: $0, before: row, atMost: share) }
    var rows = read.joined().sorted(by: >)
    let last = rows.count < count ? .min : rows[count - 1]
    for (tally, found) in zip(tallies, read) where found.count == share && share < count {
      guard let oldest = found.last, oldest > last else { continue }
      rows += try newestRows(of: tally, before: oldest, atMost: count - share)
    }
    rows.sort(by: >)
    return Array(rows.prefix(count))
  }

  private func newestRows(
    of tally: JobTally, before row: Int64, atMost count: Int
  ) throws -> [Int64] {
    try all(
      JobStatements.newestOfLane, tally.lane, tally.state, row, count
    ) { try $0.integer(0) }
  }

  func jobCounts() throws -> [JobCount] {
    var counts: [JobSort: Int] = [:]
    for tally in try tallies() { counts[tally.sort, default: 0] += tally.count }
    return counts.map { sort, count in
      JobCount(
        kind: sort.kind, user: sort.user, isOfChildren: sort.isOfChildren, state: sort.state,
        count: count)
    }
  }

  private func tallies() throws -> [JobTally] {
    try all(
      JobStatements.tallies
    ) { row in
      JobTally(
        lane: try row.integer(0), state: try JobState(stored: row.text(1)),
        count: Int(try row.integer(2)), queue: try row.text(3), kind: try row.text(4),
        user: JobLane.user(try row.text(5)), isOfChildren: try row.integer(6) != 0)
    }
  }
}

/// How many jobs of a lane are in a state.
private struct JobTally {
  let lane: Int64
  let state: JobState
  let count: Int
  let queue: String
  let kind: String
  let user: String?
  let isOfChildren: Bool

  var sort: JobSort {
    JobSort(kind: kind, user: user, isOfChildren: isOfChildren, state: state)
  }

  func matches(_ filter: JobFilter) -> Bool {
    (filter.states.isEmpty || filter.states.contains(state))
      && (filter.kinds.isEmpty || filter.kinds.contains(kind))
      && (filter.queue == nil || filter.queue == queue)
      && (filter.user == nil || filter.user == user) && !(filter.isTopLevel && isOfChildren)
  }
}

/// By what counts are told apart.
private struct JobSort: Hashable {
  let kind: String
  let user: String?
  let isOfChildren: Bool
  let state: JobState
}
