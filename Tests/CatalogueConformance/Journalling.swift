import Foundations
import Model
import Testing

/// What is promised of the journal.
enum Journalling {
  static let promises = [
    CataloguePromise("the journal tells each change that no folder and no blob tells, in order") {
      try change($0)
      let journal = try $0.journal()
      #expect(
        journal.map(\.name) == [
          "origin", "generation", "notes", "text", "origin", "deleted", "undeleted", "workflow",
          "execution", "association", "workflow", "workflow_deleted",
        ])
    },
    CataloguePromise("an entry goes through the journal's text and comes back as it was") {
      try change($0)
      for entry in try $0.journal() { #expect(try JournalEntry(json: entry.json) == entry) }
    },
    CataloguePromise("replayed over an empty catalogue, the journal brings back all of it") {
      try change($0)
      let (store, journal) = ($0.store, try $0.journal())
      let before = try Picture(store)
      // Everything goes, and comes back twice over: a line replayed again does no harm.
      try store.write { transaction in
        for id in before.assets.map(\.id) {
          try transaction.deleteAsset(id, at: Sample.time(1), evenIfReferenced: true)
          try transaction.purgeAsset(id)
        }
        for id in before.workflows.map(\.id) { try transaction.deleteWorkflow(id) }
      }
      #expect(try Picture(store).assets.isEmpty)
      let told = try $0.journal().count
      for _ in 0..<2 {
        try store.write { transaction in
          for entry in journal {
            let content = KnownContent(size: 101, facts: Sample.asset(1).facts)
            try transaction.replay(entry, content: content)
          }
        }
        #expect(try Picture(store) == before)
      }
      #expect(try $0.journal().count == told)
    },
    CataloguePromise("a line about what is not there changes nothing") {
      let entry = JournalEntry.undeleted(try Sample.assetID(1))
      #expect(try $0.store.write { try $0.replay(entry, content: nil) } == false)
      let origin = AssetOrigin(
        asset: try Sample.assetID(1), name: "a", source: .uploaded, addedAt: Sample.time(1))
      let lost = JournalEntry.origin(origin, blob: Sample.blob(1))
      #expect(try $0.store.write { try $0.replay(lost, content: nil) } == false)
      #expect(try $0.ids().isEmpty)
    },
  ]

  /// All that a replayed journal must bring back.
  private struct Picture: Equatable {
    var assets: [Asset]
    var origins: [[AssetOrigin]]
    var generations: [[Generation]]
    var workflows: [Workflow]
    var associations: [[Association]]
    var executions: [[Execution]]
    var hits: [String]

    init(_ store: any CatalogueStore) throws {
      self = try store.read { session in
        let assets = try session.assets(
          AssetFilter(), .newest, after: nil, atMost: 100
        ).items
        let workflows = try session.workflows(WorkflowFilter(), after: nil, atMost: 100).items
        return Picture(
          assets: assets, origins: try assets.map { try session.origins(of: $0.id) },
          generations: try assets.map { try session.generations(of: $0.id) },
          workflows: workflows,
          associations: try workflows.map { try session.associations(of: $0.id) },
          executions: try workflows.map {
            try session.executions(of: $0.id, after: nil, atMost: 100).items
          },
          hits: try session.search(
            TextQuery("said"), AssetFilter(), .newest, after: nil, atMost: 10
          ).items.map(\.asset.id.text))
      }
    }

    private init(
      assets: [Asset], origins: [[AssetOrigin]], generations: [[Generation]],
      workflows: [Workflow], associations: [[Association]], executions: [[Execution]],
      hits: [String]
    ) {
      self.assets = assets
      self.origins = origins
      self.generations = generations
      self.workflows = workflows
      self.associations = associations
      self.executions = executions
      self.hits = hits
    }
  }

  private static func change(_ subject: CataloguePromise.Subject) throws {
    try subject.add(1) {
      $0.user = "ann"
      $0.generation = try? Sample.generation(1, prompt: "a \"cat\"\nand a dog")
    }
    var change = AssetChange()
    change.name = "renamed"
    change.tags = ["a"]
    change.text = "nice"
    change.rating = 2
    change.isFavourite = true
    change.extra = ["deep": [1, nil, ["x": 2.5]]]
    try subject.store.write { [change] in
      let asset = try Sample.assetID(1)
      _ = try $0.changeAsset(asset, change)
      try $0.setText(of: asset, "transcript", "what they said")
      _ = try $0.addAsset(Sample.asset(1), id: Sample.assetID(2))
      try $0.deleteAsset(asset, at: Sample.time(3), evenIfReferenced: true)
      try $0.undeleteAsset(asset)
      let workflow = try $0.putWorkflow(Sample.workflow(1))
      try $0.putExecution(Sample.execution(1, of: workflow.id))
      try $0.associate(
        Association(
          workflow: workflow.id, asset: asset, node: "n", nodeType: "t", role: .input,
          execution: ExecutionID("e1"), createdAt: Sample.time(2)))
    }
    try subject.store.write {
      _ = try $0.putWorkflow(Sample.workflow(2))
      try $0.deleteWorkflow(WorkflowID("w2"))
    }
  }
}

extension JournalEntry {
  fileprivate var name: String { json["type"]?.string ?? "" }
}
