import Foundations
import Model
import Sniffing
import Testing

/// What is promised of filters.
enum Filtering {
  static let promises = [
    CataloguePromise("each filter leaves what meets it, and several leave what meets all") {
      try fill($0)
      for (expected, filter) in try cases() {
        #expect(try $0.ids(filter) == expected, "\(filter)")
        for key in AssetOrder.Key.allCases {
          let order = AssetOrder(key, isDescending: false)
          #expect(Set(try $0.ids(filter, order)) == Set(expected), "\(filter) by \(key)")
        }
        #expect(Set(try $0.hits("file", filter)) == Set(expected), "search with \(filter)")
      }
    },
    CataloguePromise("extra metadata is found by its path, whatever the way a number is written") {
      let id = try $0.add(1).asset.id
      var change = AssetChange()
      change.extra = [
        "camera": ["lens": "50 mm", "stops": [1.8, 2]], "year": 1999, "sharp": true,
      ]
      try $0.store.write { [change] in _ = try $0.changeAsset(id, change) }
      let found: [(String, JSONValue)] = [
        ("camera.lens", "50 mm"), ("camera.stops", 1.8), ("camera.stops", 2.0), ("year", 1999.0),
        ("sharp", true),
      ]
      for (path, value) in found {
        var filter = AssetFilter()
        filter.extra = [(path, value)]
        #expect(try $0.ids(filter) == ["a1"], "\(path)")
      }
      for (path, value) in [("year", JSONValue("1999")), ("lens", "50 mm"), ("camera", [:])] {
        var filter = AssetFilter()
        filter.extra = [(path, value)]
        #expect(try $0.ids(filter).isEmpty, "\(path)")
      }
    },
  ]

  private static func fill(_ subject: CataloguePromise.Subject) throws {
    try subject.add(1) {
      $0.name = "file one"
      $0.user = "ann"
    }
    try subject.add(2) {
      $0.name = "file two"
      $0.facts = Sample.film(seconds: 5, codec: "av1")
      $0.source = .generated
      $0.generation = try? Sample.generation(2, model: "sora")
    }
    try subject.add(3) {
      $0.name = "file three"
      $0.facts = Sample.film(seconds: 9)
      $0.source = .downloaded
    }
    try subject.add(3)
    var change = AssetChange()
    change.tags = ["sea", "sun"]
    change.rating = 3
    change.isFavourite = true
    try subject.store.write { [change] in
      _ = try $0.changeAsset(Sample.assetID(1), change)
      _ = try $0.putWorkflow(Sample.workflow(1))
      try $0.associate(
        Association(
          workflow: WorkflowID("w1"), asset: Sample.assetID(2), node: "n", nodeType: "t",
          createdAt: Sample.time(1)))
      let output = RunOutput(
        run: try RunID("r1"), ordinal: 1, type: "video", filename: "o.mp4",
        asset: try Sample.assetID(3),
        blob: nil, addedAt: Sample.time(1), details: [:])
      try $0.putRun(Sample.run(1), outputs: [output])
    }
  }

  private static func cases() throws -> [([String], AssetFilter)] {
    func filter(_ set: (inout AssetFilter) -> Void) -> AssetFilter {
      var filter = AssetFilter()
      set(&filter)
      return filter
    }
    let (workflow, run) = (try WorkflowID("w1"), try RunID("r1"))
    return [
      (["a3", "a2", "a1"], filter { _ in }),
      (["a3", "a2"], filter { $0.kinds = [.video, .audio] }),
      (["a2", "a1"], filter { $0.sources = [.generated, .uploaded] }),
      (["a1"], filter { $0.formats = ["png", "gif"] }),
      (["a2"], filter { $0.codec = "av1" }), (["a1"], filter { $0.user = "ann" }),
      (["a2"], filter { $0.provider = "local" }), (["a2"], filter { $0.model = "sora" }),
      (["a2"], filter { $0.workflow = workflow }), (["a3"], filter { $0.run = run }),
      (["a3", "a2"], filter { $0.width = 1_000...2_000 }),
      (["a1"], filter { $0.height = 0...500 }),
      (["a3"], filter { $0.durationSeconds = 6...10 }),
      (["a2"], filter { $0.size = 102...102 }),
      (["a3", "a2"], filter { $0.from = Sample.time(2) }),
      (["a2", "a1"], filter { $0.to = Sample.time(2) }),
      (["a1"], filter { $0.tags = ["sun", "sea"] }), ([], filter { $0.tags = ["sun", "no"] }),
      (["a1"], filter { $0.leastRating = 3 }), ([], filter { $0.leastRating = 4 }),
      (["a1"], filter { $0.isFavourite = true }),
      (["a3", "a2"], filter { $0.isFavourite = false }),
      (["a3"], filter { $0.isDuplicated = true }),
      (["a2", "a1"], filter { $0.isDuplicated = false }),
      ([], filter { $0.isDeleted = true }),
      (
        ["a3"],
        filter {
          $0.kinds = [.video]
          $0.sources = [.downloaded, .generated]
          $0.isDuplicated = true
          $0.from = Sample.time(3)
          $0.run = run
        }
      ),
    ]
  }
}
