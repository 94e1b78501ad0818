package import Foundations
package import Model

extension MediaLibrary {
  /// The workflows.
  package var workflows: Workflows { Workflows(library: self) }
}

/// The workflows of the library: kept, changed, executed and told apart by version.
package struct Workflows: Sendable {
  /// A workflow, and what is strange about it.
  package struct Kept: Sendable, Equatable {
    package let workflow: Workflow
    /// What is kept although it is not understood.
    package let warnings: [String]
  }

  /// A change; what is nil or empty stays, but for the description, which may be emptied.
  package struct Change: Sendable {
    package var name: String?
    package var description: String?
    package var definition: JSONValue?
    package var status: Workflow.Status?
    package var isTemplate: Bool?
    /// The version that was read before; another one there is a conflict.
    package var ifVersion: Int?

    /// Nothing changes.
    package init() {}
  }

  let library: MediaLibrary

  /// Makes a workflow; `library.conflict` where the id is taken.
  @discardableResult
  package func create(
    name: String, description: String? = nil,
    definition: JSONValue = ["nodes": [], "connections": []],
    status: Workflow.Status = .draft, id: WorkflowID? = nil, isTemplate: Bool = false
  ) throws -> Kept {
    let name = try AssetName.check(name)
    let warnings = try WorkflowDefinition(definition).warnings
    var workflow = Workflow(
      id: id ?? WorkflowID(library.ids.uuid()), name: name, description: description,
      status: status, definition: definition, createdAt: library.clock.now)
    workflow.isTemplate = isTemplate
    let new = workflow
    let kept = try library.catalogue.write { catalogue in
      guard try catalogue.workflow(new.id) == nil else {
        throw ModelFailure(.modelConflict, "there is a workflow \(new.id) already")
      }
      return try catalogue.putWorkflow(new)
    }
    return Kept(workflow: kept, warnings: warnings)
  }

  /// Changes a workflow; a changed definition is a new version.
  @discardableResult
  package func update(_ id: WorkflowID, _ change: Change) throws -> Kept {
    // Spelt out: a JSON value can be made of `nil`, and would be.
    let definition: JSONValue? =
      if let new = change.definition, !Self.isEmpty(new) { .some(new) } else { .none }
    let name = try change.name.flatMap { $0.isEmpty ? nil : try AssetName.check($0) }
    let warnings = try definition.map { try WorkflowDefinition($0).warnings } ?? []
    let now = library.clock.now
    let kept = try library.catalogue.write { catalogue in
      var workflow = try Self.existing(id, catalogue)
      if let wanted = change.ifVersion, wanted != workflow.version {
        throw ModelFailure(
          .modelConflict, "the workflow \(id) is at version \(workflow.version), not \(wanted)",
          hint: "read it again and make the change to what is there now")
      }
      if let name { workflow.name = name }
      if let text = change.description { workflow.description = text }
      if let definition { workflow.definition = definition }
      if let status = change.status { workflow.status = status }
      if let isTemplate = change.isTemplate { workflow.isTemplate = isTemplate }
      workflow.updatedAt = now
      return try catalogue.putWorkflow(workflow)
    }
    return Kept(workflow: kept, warnings: warnings)
  }

  /// Marks a workflow as done with drawing.
  @discardableResult
  package func save(_ id: WorkflowID, definition: JSONValue? = nil) throws -> Kept {
    var change = Change()
    change.definition = definition
    change.status = .saved
    return try update(id, change)
  }

  /// A workflow; `library.not_found` where there is none.
  package func show(_ id: WorkflowID) throws -> Workflow {
    try library.catalogue.read { try Self.existing(id, $0) }
  }

  /// Workflows, the last changed first.
  package func list(
    _ filter: WorkflowFilter = WorkflowFilter(), after cursor: PageCursor? = nil,
    atMost count: Int = 100
  ) throws -> Page<Workflow> {
    try library.catalogue.read {
      try $0.workflows(filter, after: cursor, atMost: Finding.bounded(count))
    }
  }

  /// Forgets a workflow with its versions, executions and associations; its assets stay.
  package func delete(_ id: WorkflowID) throws {
    try library.catalogue.write { catalogue in
      _ = try Self.existing(id, catalogue)
      try catalogue.deleteWorkflow(id)
    }
  }

  /// Puts a workflow aside, or back.
  @discardableResult
  package func archive(_ id: WorkflowID, _ isArchived: Bool = true) throws -> Workflow {
    let now = library.clock.now
    return try library.catalogue.write { catalogue in
      var workflow = try Self.existing(id, catalogue)
      if isArchived == (workflow.archivedAt != nil) { return workflow }
      workflow.archivedAt = isArchived ? now : nil
      return try catalogue.putWorkflow(workflow)
    }
  }

  /// Archives those that nobody changed or executed for so long; tells which.
  @discardableResult
  package func archive(idleFor time: Duration, isDryRun: Bool) throws -> [Workflow] {
    let limit = library.clock.now + (.zero - time)
    var old: [Workflow] = []
    var cursor: PageCursor?
    repeat {
      let page = try list(WorkflowFilter(), after: cursor, atMost: Finding.mostItems)
      old += page.items.filter {
        !$0.isTemplate && max($0.updatedAt, $0.lastExecutedAt ?? $0.updatedAt) < limit
      }
      cursor = page.next
    } while cursor != nil
    return isDryRun ? old : try old.map { try archive($0.id) }
  }

  // MARK: - versions and templates

  /// A workflow's definitions, the newest first.
  package func versions(of id: WorkflowID) throws -> [WorkflowVersion] {
    try library.catalogue.read { catalogue in
      _ = try Self.existing(id, catalogue)
      return try catalogue.versions(of: id)
    }
  }

  /// Brings an old definition back, as a new version.
  @discardableResult
  package func restore(_ id: WorkflowID, version number: Int) throws -> Kept {
    guard let version = try versions(of: id).first(where: { $0.number == number }) else {
      throw ModelFailure(.modelNotFound, "the workflow \(id) has no version \(number)")
    }
    var change = Change()
    change.definition = version.definition
    return try update(id, change)
  }

  /// Makes a new draft of a template, or of any other workflow.
  @discardableResult
  package func make(from template: WorkflowID, name: String) throws -> Kept {
    let workflow = try show(template)
    return try create(
      name: name, description: workflow.description, definition: workflow.definition)
  }

  static func existing(_ id: WorkflowID, _ catalogue: any CatalogueReading) throws -> Workflow {
    guard let workflow = try catalogue.workflow(id) else {
      throw ModelFailure(.modelNotFound, "there is no workflow \(id)")
    }
    return workflow
  }

  private static func isEmpty(_ definition: JSONValue) -> Bool {
    definition == .null || definition.object?.members.isEmpty == true
  }
}
