import Foundations
import Model
import Testing

/// What is promised of workflows, their executions, and what their nodes took and made.
enum Workflows {
  static let promises = [
    CataloguePromise("a changed definition is a new version, and anything else is not") {
      var workflow = try Sample.workflow(1)
      let store = $0.store
      _ = try store.write { [workflow] in try $0.putWorkflow(workflow) }
      workflow.name = "renamed"
      workflow.updatedAt = Sample.time(2)
      let renamed = try store.write { [workflow] in try $0.putWorkflow(workflow) }
      #expect(renamed.version == 1)
      workflow.definition = ["nodes": [["id": "a"]], "connections": []]
      let last = try store.write { [workflow] in try $0.putWorkflow(workflow) }
      #expect(last.version == 2)
      let id = workflow.id
      #expect(try store.read { try $0.workflow(id) } == last)
      let versions = try store.read { try $0.versions(of: id) }
      #expect(versions.map(\.number) == [2, 1])
      #expect(versions.map(\.definition["nodes"]?.array?.count) == [1, 0])
    },
    CataloguePromise("what does not exist cannot be associated, and another execution adds") {
      try $0.add(1)
      let store = $0.store
      let (workflow, asset) = (try Sample.workflow(1), try Sample.assetID(1))
      let plain = Association(
        workflow: workflow.id, asset: asset, node: "n", nodeType: "t", createdAt: Sample.time(1))
      #expect(failureCode { try store.write { try $0.associate(plain) } } == .modelNotFound)
      _ = try store.write { try $0.putWorkflow(workflow) }
      let second = Association(
        workflow: workflow.id, asset: asset, node: "n", nodeType: "t",
        execution: try ExecutionID("e1"), createdAt: Sample.time(2))
      #expect(failureCode { try store.write { try $0.associate(second) } } == .modelNotFound)
      try store.write {
        try $0.putExecution(Sample.execution(1, of: workflow.id))
        for association in [plain, second, plain, second] { try $0.associate(association) }
      }
      #expect(try store.read { try $0.associations(of: workflow.id) } == [second, plain])
      #expect(try store.read { try $0.associations(of: asset) } == [second, plain])
      #expect(try store.read { try $0.references(to: asset) } == [.workflow(workflow.id)])
    },
    CataloguePromise("an execution sets when its workflow was last executed") {
      let store = $0.store
      let workflow = try Sample.workflow(1)
      _ = try store.write { try $0.putWorkflow(workflow) }
      for number in [3, 5, 4] {
        try store.write { try $0.putExecution(Sample.execution(number, of: workflow.id)) }
      }
      #expect(try store.read { try $0.workflow(workflow.id) }?.lastExecutedAt == Sample.time(5))
      var execution = try Sample.execution(3, of: workflow.id)
      execution.status = .failed
      execution.error = "no"
      execution.data = ["step": 2]
      try store.write { [execution] in try $0.putExecution(execution) }
      let id = execution.id
      #expect(try store.read { try $0.execution(id) } == execution)
      let page = try store.read { try $0.executions(of: workflow.id, after: nil, atMost: 2) }
      #expect(page.items.map(\.id.text) == ["e5", "e4"])
      let rest = try store.read {
        try $0.executions(of: workflow.id, after: page.next, atMost: 2)
      }
      #expect(rest.items == [execution])
      // A changed workflow keeps it.
      #expect(
        try store.write { try $0.putWorkflow(workflow) }.lastExecutedAt == Sample.time(5))
    },
    CataloguePromise("a workflow goes with its versions, executions and associations") {
      try $0.add(1)
      let store = $0.store
      let (workflow, asset) = (try Sample.workflow(1), try Sample.assetID(1))
      try store.write {
        _ = try $0.putWorkflow(workflow)
        try $0.putExecution(Sample.execution(1, of: workflow.id))
        try $0.associate(
          Association(
            workflow: workflow.id, asset: asset, node: "n", nodeType: "t",
            execution: ExecutionID("e1"), createdAt: Sample.time(2)))
        try $0.deleteWorkflow(workflow.id)
      }
      #expect(try store.read { try $0.workflow(workflow.id) } == nil)
      #expect(try store.read { try $0.execution(ExecutionID("e1")) } == nil)
      #expect(try store.read { try $0.associations(of: asset) }.isEmpty)
      var filter = AssetFilter()
      filter.workflow = workflow.id
      #expect(try $0.ids(filter).isEmpty)
    },
    CataloguePromise("workflows come the last changed first, in pages, by every filter") {
      subject in
      for number in 0..<7 {
        var workflow = try Sample.workflow(number)
        workflow.updatedAt = Sample.time(number % 3)
        workflow.status = number % 2 == 0 ? .saved : .draft
        workflow.isTemplate = number == 4
        if number == 6 { workflow.archivedAt = Sample.time(9) }
        _ = try subject.store.write { [workflow] in try $0.putWorkflow(workflow) }
      }
      #expect(try ids(subject) { _ in } == ["w5", "w2", "w4", "w1", "w3", "w0"])
      #expect(try ids(subject) { $0.status = .saved } == ["w2", "w4", "w0"])
      #expect(try ids(subject) { $0.isTemplate = true } == ["w4"])
      #expect(try ids(subject) { $0.isArchived = true } == ["w6"])
    },
  ]

  private static func ids(
    _ subject: CataloguePromise.Subject, _ set: (inout WorkflowFilter) -> Void
  ) throws -> [String] {
    var filter = WorkflowFilter()
    set(&filter)
    var found: [String] = []
    var cursor: PageCursor?
    repeat {
      let page = try subject.store.read { [filter, cursor] in
        try $0.workflows(filter, after: cursor, atMost: 2)
      }
      found += page.items.map(\.id.text)
      cursor = page.next
    } while cursor != nil
    return found
  }
}
