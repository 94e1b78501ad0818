package import Foundations
package import Model

extension Workflows {
  /// What went into and came out of a workflow: by node, the newest execution first.
  package func associations(of id: WorkflowID) throws -> [Association] {
    try library.catalogue.read { catalogue in
      _ = try Self.existing(id, catalogue)
      return try catalogue.associations(of: id)
    }
  }

  /// Says that an asset went into or came out of a node.
  ///
  /// What does not exist cannot be joined, and nothing that was said before is overwritten: another
  /// execution adds.
  @discardableResult
  package func associate(
    _ asset: AssetID, with workflow: WorkflowID, node: String, nodeType: String? = nil,
    role: Association.Role = .output, execution: ExecutionID? = nil
  ) throws -> Association {
    guard (1...200).contains(node.utf8.count), !node.utf8.contains(0) else {
      throw ModelFailure(.modelBadValue, "an id of a node has from 1 to 200 bytes")
    }
    let now = library.clock.now
    return try library.catalogue.write { catalogue in
      let kept = try Self.existing(workflow, catalogue)
      guard try catalogue.asset(asset) != nil else {
        throw ModelFailure(.modelNotFound, "there is no asset \(asset)")
      }
      if let execution {
        guard try catalogue.execution(execution)?.workflow == workflow else {
          throw ModelFailure(
            .modelNotFound, "the workflow \(workflow) has no execution \(execution)")
        }
      }
      // The definition may have changed since; what it says of the node is only a help.
      let known = try? WorkflowDefinition(kept.definition).node(node)?.type
      let association = Association(
        workflow: workflow, asset: asset, node: node, nodeType: nodeType ?? known ?? "",
        role: role, execution: execution, createdAt: now)
      try catalogue.associate(association)
      return association
    }
  }

  /// Begins an execution.
  @discardableResult
  package func start(
    _ workflow: WorkflowID, id: ExecutionID? = nil, data: JSONObject = JSONObject()
  ) throws -> Execution {
    var execution = Execution(
      id: id ?? ExecutionID(library.ids.uuid()), workflow: workflow, startedAt: library.clock.now)
    execution.data = data
    let new = execution
    return try library.catalogue.write { catalogue in
      _ = try Self.existing(workflow, catalogue)
      guard try catalogue.execution(new.id) == nil else {
        throw ModelFailure(.modelConflict, "there is an execution \(new.id) already")
      }
      try catalogue.putExecution(new)
      return new
    }
  }

  /// Tells how an execution goes on or ended; what has ended stays as it is.
  ///
  /// Members of `data` are added to those that are there.
  @discardableResult
  package func update(
    _ id: ExecutionID, status: Execution.Status, error: String? = nil,
    data: JSONObject = JSONObject()
  ) throws -> Execution {
    let now = library.clock.now
    return try library.catalogue.write { catalogue in
      guard var execution = try catalogue.execution(id) else {
        throw ModelFailure(.modelNotFound, "there is no execution \(id)")
      }
      guard !execution.status.isFinal else {
        if execution.status == status, execution.error == error { return execution }
        throw ModelFailure(
          .modelConflict, "the execution \(id) is \(execution.status.rawValue) already")
      }
      execution.status = status
      execution.error = error ?? execution.error
      if status.isFinal { execution.completedAt = now }
      for (key, value) in data.members { execution.data[key] = value }
      try catalogue.putExecution(execution)
      return execution
    }
  }

  /// One execution; `library.not_found` where there is none.
  package func execution(_ id: ExecutionID) throws -> Execution {
    guard let execution = try library.catalogue.read({ try $0.execution(id) }) else {
      throw ModelFailure(.modelNotFound, "there is no execution \(id)")
    }
    return execution
  }

  /// A workflow's executions, the newest first.
  package func executions(
    of workflow: WorkflowID, after cursor: PageCursor? = nil, atMost count: Int = 100
  ) throws -> Page<Execution> {
    try library.catalogue.read { catalogue in
      _ = try Self.existing(workflow, catalogue)
      return try catalogue.executions(
        of: workflow, after: cursor, atMost: Finding.bounded(count))
    }
  }
}
