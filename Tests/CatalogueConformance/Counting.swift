import Foundations
import Model
import Testing

/// What is promised of statistics.
enum Counting {
  static let promises = [
    CataloguePromise("everything is counted as it is, after every sort of change") {
      try $0.add(1) { $0.user = "ann" }
      try $0.add(2) {
        $0.facts = Sample.film(seconds: 1)
        $0.source = .generated
        $0.generation = try? Sample.generation(1, model: "sora")
      }
      try $0.add(2)
      try $0.add(3)
      try $0.store.write {
        try $0.deleteAsset(Sample.assetID(3), at: Sample.time(5), evenIfReferenced: false)
        _ = try $0.putWorkflow(Sample.workflow(1))
        try $0.putRun(Sample.run(1), outputs: [])
      }
      let statistics = try $0.store.read { try $0.statistics() }
      var expected = LibraryStatistics()
      expected.assets = .init(count: 2, bytes: 203)
      expected.trash = .init(count: 1, bytes: 103)
      expected.bySource = [
        "uploaded": .init(count: 1, bytes: 101), "generated": .init(count: 1, bytes: 102),
      ]
      expected.byKind = [
        "image": .init(count: 1, bytes: 101), "video": .init(count: 1, bytes: 102),
      ]
      expected.byUser = ["ann": .init(count: 1, bytes: 101)]
      expected.byModel = ["sora": .init(count: 1, bytes: 102)]
      expected.videosBySource = ["generated": .init(count: 1, bytes: 102)]
      expected.workflowsByStatus = ["draft": 1]
      expected.runs = 1
      expected.savedByDeduplication = .init(count: 1, bytes: 102)
      #expect(statistics == expected)
    },
    CataloguePromise("growth is told by days") {
      let day = Duration.seconds(86_400)
      for (number, days) in [(1, 0), (2, 0), (3, 2)] {
        try $0.add(number) { $0.addedAt = Sample.time(0) + day * days }
      }
      let growth = try $0.store.read {
        try $0.growth(from: Sample.time(0), to: Sample.time(0) + day * 5)
      }
      #expect(growth.map(\.amount.count) == [2, 1])
      #expect(growth.map(\.amount.bytes) == [203, 103])
      #expect(growth[1].day - growth[0].day == day * 2)
      #expect(growth[0].day <= Sample.time(0))
    },
  ]
}
