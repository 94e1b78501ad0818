import Foundations
import Model

extension MemorySession {
  func run(_ id: RunID) -> Run? { state.runs[id]?.thing }

  func runs(
    _ filter: RunFilter, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Run> {
    let sorted = state.runs.values.filter { Self.matches($0.thing, filter) }
      .sorted { ($0.thing.createdAt, $0.row) > ($1.thing.createdAt, $1.row) }
    return try Self.page(
      sorted, list: ListName.runs, after: cursor, atMost: count,
      place: { (.integer($0.thing.createdAt.microseconds), $0.row) }, thing: \.thing)
  }

  private static func matches(_ run: Run, _ filter: RunFilter) -> Bool {
    (run.deletedAt != nil) == filter.isDeleted
      && (filter.user.map { $0 == run.user } ?? true)
      && (filter.schema.map { $0 == run.schema } ?? true)
      && (filter.mode.map { $0 == run.mode } ?? true)
      && (filter.status.map { $0 == run.state.status } ?? true)
      && (filter.from.map { run.createdAt >= $0 } ?? true)
      && (filter.to.map { run.createdAt <= $0 } ?? true)
      && (filter.isArchived.map { $0 == (run.archivedAt != nil) } ?? true)
  }

  func outputs(of run: RunID) throws -> [RunOutput] {
    if state.runs[run] == nil { throw ModelFailure.missing("run", run) }
    return (state.outputs[run] ?? []).sorted { $0.ordinal < $1.ordinal }
  }

  func putRun(_ run: Run, outputs: [RunOutput]) throws {
    for output in outputs { if let asset = output.asset { _ = try entry(asset) } }
    let row = state.runs[run.id]?.row ?? state.nextRow()
    state.runs[run.id] = MemoryState.Placed(row: row, thing: run)
    state.outputs[run.id] = outputs
  }

  func purgeRun(_ id: RunID) throws {
    if state.runs[id] == nil { throw ModelFailure.missing("run", id) }
    state.runs[id] = nil
    state.outputs[id] = nil
  }
}
