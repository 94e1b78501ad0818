import Foundations
import Model
import Sniffing
import Testing

/// What is promised of changes.
enum Changing {
  static let promises = [
    CataloguePromise("what people say of an asset is kept, and only what they say changes") {
      let id = try $0.add(1).asset.id
      var change = AssetChange()
      change.name = "Ä new name"
      change.tags = ["b", "a"]
      change.text = "seen at the sea"
      change.rating = 4
      change.isFavourite = true
      change.extra = ["camera": ["lens": "50 mm"]]
      let changed = try $0.store.write { [change] in try $0.changeAsset(id, change) }
      #expect(changed.notes.tags == ["a", "b"])
      #expect(try $0.store.read { try $0.asset(id) } == changed)
      var second = AssetChange()
      second.rating = 0
      second.extra = ["camera": nil, "year": 1999]
      let after = try $0.store.write { [second] in try $0.changeAsset(id, second) }
      #expect(after.notes.rating == nil)
      #expect(after.notes.extra == ["year": 1999])
      #expect(after.name == "Ä new name" && after.notes.text == "seen at the sea")
      #expect(try $0.store.read { try $0.asset(id) } == after)
    },
    CataloguePromise("facts are what was last known of the bytes, and lists go by them") {
      let id = try $0.add(1).asset.id
      try $0.store.write { try $0.setFacts(of: id, Sample.film(seconds: 2.5)) }
      #expect(try $0.store.read { try $0.asset(id)?.facts } == Sample.film(seconds: 2.5))
      var films = AssetFilter()
      films.kinds = [.video]
      #expect(try $0.ids(films) == ["a1"])
      films.kinds = [.image]
      #expect(try $0.ids(films).isEmpty)
    },
    CataloguePromise("what is not there cannot be changed") {
      let store = $0.store
      let none = try Sample.assetID(1)
      for change: @Sendable (any CatalogueTransaction) throws -> Void in [
        { _ = try $0.changeAsset(none, AssetChange()) },
        { try $0.setFacts(of: none, Sample.film(seconds: 1)) },
        { try $0.deleteAsset(none, at: Sample.time(1), evenIfReferenced: true) },
        { try $0.undeleteAsset(none) }, { try $0.purgeAsset(none) },
        { try $0.setText(of: none, "screen", "a") },
        { try $0.putGeneration(Sample.generation(1, asset: none)) },
        { try $0.purgeRun(RunID("r")) }, { try $0.deleteWorkflow(WorkflowID("w")) },
        { try $0.putExecution(Sample.execution(1, of: WorkflowID("w"))) },
      ] {
        #expect(failureCode { try store.write(change) } == .modelNotFound)
      }
      #expect(try $0.journal().isEmpty)
    },
    CataloguePromise("likenesses of what lives come in order of rows") {
      for number in 1...5 {
        try $0.add(number) {
          if number != 3 { $0.facts.likeness = Likeness(bits: UInt64(number)) }
        }
      }
      try $0.store.write {
        try $0.deleteAsset(Sample.assetID(4), at: Sample.time(9), evenIfReferenced: false)
      }
      let store = $0.store
      let first = try store.read { try $0.likenesses(afterRow: 0, atMost: 2) }
      #expect(first.map(\.asset.text) == ["a1", "a2"])
      let last = try #require(first.last?.row)
      let rest = try store.read { try $0.likenesses(afterRow: last, atMost: 10) }
      #expect(rest.map(\.likeness.bits) == [5])
    },
  ]
}
