import Foundations
import Model

extension MemorySession {
  func workflow(_ id: WorkflowID) -> Workflow? { state.workflows[id]?.thing }

  func workflows(
    _ filter: WorkflowFilter, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Workflow> {
    let sorted = state.workflows.values.filter { workflow in
      (workflow.thing.archivedAt != nil) == filter.isArchived
        && (filter.status.map { $0 == workflow.thing.status } ?? true)
        && (filter.isTemplate.map { $0 == workflow.thing.isTemplate } ?? true)
    }.sorted { ($0.thing.updatedAt, $0.row) > ($1.thing.updatedAt, $1.row) }
    return try Self.page(
      sorted, list: ListName.workflows, after: cursor, atMost: count,
      place: { (.integer($0.thing.updatedAt.microseconds), $0.row) }, thing: \.thing)
  }

  func versions(of workflow: WorkflowID) throws -> [WorkflowVersion] {
    try requireWorkflow(workflow)
    return (state.versions[workflow] ?? []).sorted { $0.number > $1.number }
  }

  func putWorkflow(_ workflow: Workflow) throws -> Workflow {
    var workflow = workflow
    if let known = self.workflow(workflow.id) {
      workflow.version = known.version + (known.definition == workflow.definition ? 0 : 1)
      workflow.lastExecutedAt = [known.lastExecutedAt, workflow.lastExecutedAt].compactMap { $0 }
        .max()
    }
    keep(workflow)
    tell(.workflow(workflow))
    return workflow
  }

  func keep(_ workflow: Workflow) {
    let row = state.workflows[workflow.id]?.row ?? state.nextRow()
    state.workflows[workflow.id] = MemoryState.Placed(row: row, thing: workflow)
    let known = state.versions[workflow.id] ?? []
    if !known.contains(where: { $0.number == workflow.version }) {
      state.versions[workflow.id, default: []].append(
        WorkflowVersion(
          workflow: workflow.id, number: workflow.version, definition: workflow.definition,
          savedAt: workflow.updatedAt))
    }
  }

  func deleteWorkflow(_ id: WorkflowID) throws {
    try requireWorkflow(id)
    state.workflows[id] = nil
    state.versions[id] = nil
    state.executions = state.executions.filter { $0.value.thing.workflow != id }
    state.associations.removeAll { $0.workflow == id }
    tell(.workflowDeleted(id))
  }

  func associations(of workflow: WorkflowID) throws -> [Association] {
    try requireWorkflow(workflow)
    return state.associations.enumerated().filter { $0.element.workflow == workflow }
      .sorted { left, right in
        if left.element.node != right.element.node {
          return left.element.node.utf8.lexicographicallyPrecedes(right.element.node.utf8)
        }
        return (left.element.createdAt, left.offset) > (right.element.createdAt, right.offset)
      }.map(\.element)
  }

  func associations(of asset: AssetID) throws -> [Association] {
    _ = try entry(asset)
    return state.associations.enumerated().filter { $0.element.asset == asset }
      .sorted { ($0.element.createdAt, $0.offset) > ($1.element.createdAt, $1.offset) }
      .map(\.element)
  }

  func associate(_ association: Association) throws {
    try requireWorkflow(association.workflow)
    _ = try entry(association.asset)
    if let id = association.execution {
      guard let execution = execution(id) else { throw ModelFailure.missing("execution", id) }
      guard execution.workflow == association.workflow else {
        throw ModelFailure(.modelConflict, "execution \(id) is not one of the workflow")
      }
    }
    let isThere = state.associations.contains { known in
      known.workflow == association.workflow && known.asset == association.asset
        && known.node == association.node && known.role == association.role
        && known.execution == association.execution
    }
    if isThere { return }
    state.associations.append(association)
    tell(.association(association))
  }

  func execution(_ id: ExecutionID) -> Execution? { state.executions[id]?.thing }

  func executions(
    of workflow: WorkflowID, after cursor: PageCursor?, atMost count: Int
  ) throws -> Page<Execution> {
    try requireWorkflow(workflow)
    let sorted = state.executions.values.filter { $0.thing.workflow == workflow }
      .sorted { ($0.thing.startedAt, $0.row) > ($1.thing.startedAt, $1.row) }
    return try Self.page(
      sorted, list: ListName.executions, after: cursor, atMost: count,
      place: { (.integer($0.thing.startedAt.microseconds), $0.row) }, thing: \.thing)
  }

  func putExecution(_ execution: Execution) throws {
    try requireWorkflow(execution.workflow)
    let known = state.executions[execution.id]
    if let known, known.thing.workflow != execution.workflow {
      throw ModelFailure.conflict("workflow's execution", execution.id)
    }
    let row = known?.row ?? state.nextRow()
    state.executions[execution.id] = MemoryState.Placed(row: row, thing: execution)
    let last = workflow(execution.workflow)?.lastExecutedAt
    state.workflows[execution.workflow]?.thing.lastExecutedAt =
      max(last ?? execution.startedAt, execution.startedAt)
    tell(.execution(execution))
  }
}
