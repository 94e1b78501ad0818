import Foundations
import Library
import Model
import Testing

@Suite("workflows", .timeLimit(.minutes(5)))
struct WorkflowsTests {
  private let shelf: Shelf
  private let asset: AssetID

  init() throws {
    shelf = try Shelf()
    asset = try shelf.library.intake.add(
      bytes: ScenePicture.jpeg(1), AssetDetails(name: "a.jpg")
    ).asset.id
  }

  private var workflows: Workflows { shelf.library.workflows }

  private func make() throws -> WorkflowID {
    try workflows.create(name: "drama", definition: WorkflowDefinitionTests.good).workflow.id
  }

  @Test("running a workflow again adds associations and overwrites none")
  func addsAssociations() throws {
    let id = try make()
    let first = try workflows.start(id)
    try workflows.associate(asset, with: id, node: "node3", role: .input, execution: first.id)
    let second = try workflows.start(id)
    try workflows.associate(asset, with: id, node: "node3", role: .output, execution: second.id)
    let found = try workflows.associations(of: id)
    #expect(found.count == 2)
    #expect(Set(found.map(\.execution)) == [first.id, second.id])
    #expect(Set(found.map(\.role)) == [.input, .output])
    #expect(found.allSatisfy { $0.nodeType == "VideoGenerator" })
  }

  @Test("what does not exist cannot be associated, and leaves no orphans")
  func noOrphans() throws {
    let id = try make()
    let other = try make()
    let execution = try workflows.start(other).id
    let nobody = try AssetID("nobody")
    let nothing = try WorkflowID("nothing")
    let never = try ExecutionID("never")
    #expect(throws: ModelFailure.self) {
      try workflows.associate(nobody, with: id, node: "node3")
    }
    #expect(throws: ModelFailure.self) {
      try workflows.associate(asset, with: nothing, node: "node3")
    }
    for execution in [never, execution] {
      #expect(throws: ModelFailure.self) {
        try workflows.associate(asset, with: id, node: "node3", execution: execution)
      }
    }
    #expect(throws: ModelFailure.self) { try workflows.start(nothing) }
    var generation = Generation(id: shelf.library.newGenerationID(), asset: nobody)
    generation.prompt = "lost"
    let orphan = generation
    #expect(throws: ModelFailure.self) { try shelf.library.putGeneration(orphan) }
    #expect(try workflows.associations(of: id).isEmpty)
  }

  @Test("deleting a workflow takes its executions and associations with it, and no asset")
  func delete() throws {
    let id = try make()
    let execution = try workflows.start(id)
    try workflows.associate(asset, with: id, node: "node3", execution: execution.id)
    try workflows.delete(id)
    #expect(throws: ModelFailure.self) { try workflows.show(id) }
    #expect(throws: ModelFailure.self) { try workflows.execution(execution.id) }
    #expect(try shelf.catalogue.read { try $0.associations(of: asset) }.isEmpty)
    #expect(try shelf.library.asset(asset).deletedAt == nil)
    let error = #expect(throws: ModelFailure.self) { try workflows.delete(id) }
    #expect(error?.code == .modelNotFound)
  }

  @Test("an asset that a workflow refers to is not deleted unless told")
  func referenced() throws {
    try workflows.associate(asset, with: make(), node: "node3")
    let error = #expect(throws: ModelFailure.self) { try shelf.library.delete(asset) }
    #expect(error?.code == .modelReferenced)
    try shelf.library.delete(asset, evenIfReferenced: true)
    #expect(try shelf.library.asset(asset).deletedAt != nil)
  }

  @Test("an update leaves what is empty, but for the description")
  func update() throws {
    let id = try workflows.create(
      name: "drama", description: "old", definition: WorkflowDefinitionTests.good
    ).workflow.id
    var change = Workflows.Change()
    change.name = ""
    change.definition = [:]
    change.description = ""
    let changed = try workflows.update(id, change).workflow
    #expect(changed.name == "drama")
    #expect(changed.definition == WorkflowDefinitionTests.good)
    #expect(changed.description?.isEmpty ?? true)
    #expect(changed.version == 1)
  }

  @Test("each changed definition is a version, and an old one can come back")
  func versions() throws {
    let id = try make()
    let next: JSONValue = ["nodes": [["id": "only", "type": "TextInput"]]]
    #expect(try workflows.save(id, definition: next).workflow.version == 2)
    #expect(try workflows.show(id).status == .saved)
    var stale = Workflows.Change()
    stale.ifVersion = 1
    stale.name = "late"
    let late = stale
    let error = #expect(throws: ModelFailure.self) { try workflows.update(id, late) }
    #expect(error?.code == .modelConflict)
    try workflows.restore(id, version: 1)
    #expect(try workflows.show(id).definition == WorkflowDefinitionTests.good)
    #expect(try workflows.versions(of: id).map(\.number) == [3, 2, 1])
  }

  @Test("an execution that has ended stays as it is")
  func executions() throws {
    let id = try make()
    let execution = try workflows.start(id, data: ["step": 1])
    #expect(try workflows.show(id).lastExecutedAt != nil)
    try workflows.update(execution.id, status: .running, data: ["more": true])
    shelf.clock.advance(by: .seconds(5))
    let ended = try workflows.update(execution.id, status: .failed, error: "no answer")
    #expect(ended.completedAt == shelf.clock.now)
    #expect(ended.data["step"]?.int == 1)
    #expect(ended.data["more"]?.bool == true)
    #expect(throws: ModelFailure.self) {
      try workflows.update(execution.id, status: .completed)
    }
    #expect(try workflows.execution(execution.id).status == .failed)
    #expect(try workflows.executions(of: id).items.count == 1)
  }

  @Test("what is exported comes back the same under an id of its own")
  func exported() throws {
    let id = try make()
    let copy = try workflows.import(workflows.export(id)).workflow
    #expect(copy.id != id)
    #expect(copy.definition == WorkflowDefinitionTests.good)
    #expect(copy.name == "drama")
    // As the other MediaManager kept it: a text of JSON.
    let row: JSONValue = [
      "name": "old", "definition": .string(WorkflowDefinitionTests.good.text()),
    ]
    #expect(try workflows.import(row).workflow.definition == WorkflowDefinitionTests.good)
  }

  @Test("templates make drafts, and what lies idle is archived")
  func archive() throws {
    let template = try workflows.create(
      name: "start", definition: WorkflowDefinitionTests.good, isTemplate: true
    ).workflow.id
    let draft = try workflows.make(from: template, name: "mine").workflow
    #expect(draft.definition == WorkflowDefinitionTests.good)
    shelf.clock.advance(by: .seconds(100 * 86_400))
    #expect(
      try workflows.archive(idleFor: .seconds(86_400), isDryRun: true).map(\.id) == [draft.id])
    #expect(try workflows.show(draft.id).archivedAt == nil)
    try workflows.archive(idleFor: .seconds(86_400), isDryRun: false)
    #expect(try workflows.show(draft.id).archivedAt != nil)
    #expect(try workflows.list().items.map(\.id) == [template])
    #expect(try workflows.archive(draft.id, false).archivedAt == nil)
  }
}
