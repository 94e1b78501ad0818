import Foundations
import Model
import Testing

/// What is promised of the trash.
enum Deleting {
  static let promises = [
    CataloguePromise("what is in the trash is in no list but the trash's, and comes back whole") {
      let id = try $0.add(1) { $0.generation = try? Sample.generation(1, prompt: "a cat") }.asset.id
      try $0.store.write { try $0.deleteAsset(id, at: Sample.time(8), evenIfReferenced: false) }
      #expect(try $0.ids().isEmpty)
      #expect(try $0.hits("cat").isEmpty)
      var trash = AssetFilter()
      trash.isDeleted = true
      #expect(try $0.ids(trash) == ["a1"])
      #expect(try $0.hits("cat", trash) == ["a1"])
      trash.model = "sdxl"
      #expect(try $0.ids(trash) == ["a1"])
      #expect(try $0.store.read { try $0.asset(id)?.deletedAt } == Sample.time(8))
      try $0.store.write { try $0.undeleteAsset(id) }
      #expect(try $0.ids(trash).isEmpty)
      #expect(try $0.ids() == ["a1"])
      #expect(try $0.hits("cat") == ["a1"])
    },
    CataloguePromise("what something refers to goes only when forced") {
      let id = try $0.add(1).asset.id
      let run = try Sample.run(1)
      let output = RunOutput(
        run: run.id, ordinal: 1, type: "image", filename: "output_image.png", asset: id,
        blob: Sample.blob(1), addedAt: Sample.time(1), details: ["seed": 7])
      try $0.store.write { try $0.putRun(run, outputs: [output]) }
      let store = $0.store
      #expect(try store.read { try $0.references(to: id) } == [.run(run.id)])
      let delete: @Sendable (any CatalogueTransaction) throws -> Void = {
        try $0.deleteAsset(id, at: Sample.time(2), evenIfReferenced: false)
      }
      #expect(failureCode { try store.write(delete) } == .modelReferenced)
      #expect(try $0.ids() == ["a1"])
      try store.write { try $0.deleteAsset(id, at: Sample.time(2), evenIfReferenced: true) }
      #expect(try $0.ids().isEmpty)
    },
    CataloguePromise("only what is in the trash can be forgotten, and then all of it is") {
      let id = try $0.add(1) { $0.generation = try? Sample.generation(1, prompt: "a cat") }.asset.id
      let store = $0.store
      let run = try Sample.run(1)
      let output = RunOutput(
        run: run.id, ordinal: 1, type: "image", filename: "output_image.png", asset: id,
        blob: Sample.blob(1), addedAt: Sample.time(1), details: [:])
      try store.write {
        try $0.putRun(run, outputs: [output])
        _ = try $0.putWorkflow(Sample.workflow(1))
        try $0.associate(
          Association(
            workflow: WorkflowID("w1"), asset: id, node: "n", nodeType: "t",
            createdAt: Sample.time(1)))
      }
      #expect(failureCode { try store.write { try $0.purgeAsset(id) } } == .modelConflict)
      try store.write {
        try $0.deleteAsset(id, at: Sample.time(2), evenIfReferenced: true)
        try $0.purgeAsset(id)
      }
      #expect(try store.read { try $0.asset(id) } == nil)
      #expect(try store.read { try $0.outputs(of: run.id) }.map(\.asset) == [nil])
      #expect(try store.read { try $0.associations(of: WorkflowID("w1")) }.isEmpty)
      // The run's file is still a name of the content.
      #expect(try store.read { try $0.referenced([Sample.blob(1)]) } == [Sample.blob(1)])
      #expect(try $0.hits("cat").isEmpty)
      let statistics = try store.read { try $0.statistics() }
      #expect(statistics.assets.count == 0 && statistics.trash.count == 0)
      #expect(statistics.byModel.isEmpty)
    },
    CataloguePromise("contents that nothing stands for are told") {
      try $0.add(1)
      let asked = [1, 2].map { Sample.blob($0) }
      #expect(try $0.store.read { try $0.referenced(asked) } == [Sample.blob(1)])
    },
  ]
}
