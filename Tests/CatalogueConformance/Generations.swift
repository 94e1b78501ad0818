import Foundations
import Model
import Testing

/// What is promised of how things were made.
enum Generations {
  static let promises = [
    CataloguePromise("an asset has all generations that tell something new, the newest first") {
      let told = try Sample.generation(1, prompt: "a cat")
      try $0.add(1) { $0.generation = told }
      try $0.add(1) { $0.generation = try? Sample.generation(2, prompt: "a cat") }
      try $0.add(1) { $0.generation = try? Sample.generation(3, prompt: "a dog") }
      let id = try Sample.assetID(1)
      let known = try $0.store.read { try $0.generations(of: id) }
      #expect(known.map(\.id.text) == ["g3", "g1"])
      #expect(known.allSatisfy { $0.asset == id })
      #expect(try $0.hits("dog") == ["a1"])
      #expect(try $0.hits("cat") == ["a1"])
    },
    CataloguePromise("a generation of a known id takes the other's place") {
      try $0.add(1)
      try $0.add(2)
      let (first, second) = (try Sample.assetID(1), try Sample.assetID(2))
      var generation = try Sample.generation(1, asset: first, model: "old", prompt: "a cat")
      generation.parameters = ["steps": 20]
      generation.seed = "18446744073709551615"
      generation.startedAt = Sample.time(1)
      try $0.store.write { [generation] in try $0.putGeneration(generation) }
      #expect(try $0.store.read { try $0.generations(of: first) } == [generation])
      generation.asset = second
      generation.model = "new"
      try $0.store.write { [generation] in try $0.putGeneration(generation) }
      #expect(try $0.store.read { try $0.generations(of: first) }.isEmpty)
      #expect(try $0.hits("cat") == ["a2"])
      var filter = AssetFilter()
      filter.model = "old"
      #expect(try $0.ids(filter).isEmpty)
      filter.model = "new"
      #expect(try $0.ids(filter) == ["a2"])
    },
    CataloguePromise("a try that made nothing is kept, too, and can bear fruit later") {
      var generation = try Sample.generation(1, prompt: "a cat")
      generation.status = "failed"
      try $0.store.write { [generation] in try $0.putGeneration(generation) }
      #expect(try $0.journal() == [.generation(generation)])
      try $0.add(1)
      generation.asset = try Sample.assetID(1)
      try $0.store.write { [generation] in try $0.putGeneration(generation) }
      #expect(try $0.hits("cat") == ["a1"])
    },
  ]
}
