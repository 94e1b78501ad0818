import CatalogueConformance
import Foundations
import Model
import Sniffing
import Stores
import TestSupport
import Testing

@Suite("The ways to the pages of lists")
struct QueryPlanTests {
  @Test("are walks along an index, as written down", arguments: [false, true])
  func plans(ofMany: Bool) throws {
    let folder = try TemporaryFolder()
    var options = SQLiteCatalogue.Options()
    options.durability = .relaxed
    if ofMany {
      options.limits.gatheredAtMost = 0
      options.limits.sortedAtMost = 0
      options.limits.askedAtMost = 0
    }
    let store = try SQLiteCatalogue.open(in: FilePath(folder.path), options: options)
    try fill(store)
    var text = ""
    for (name, filter) in try filters() {
      for key in AssetOrder.Key.allCases {
        for isAfter in [false, true] {
          let order = AssetOrder(key, isDescending: true)
          let cursor = isAfter ? PageCursor(list: order.list, key: .integer(1), row: 1) : nil
          text += "## \(name) by \(key)\(isAfter ? ", further on" : "")\n"
          text +=
            try store.plans(filter, order, after: cursor).joined(separator: "\n---\n") + "\n\n"
        }
      }
      for ranking in SearchRanking.allCases {
        text += "## \(name), search, \(ranking)\n"
        text += try store.plan(TextQuery("picture"), filter, ranking, after: nil) + "\n\n"
      }
    }
    text += try others(store)
    let name = "Tests/StoresTests/Snapshots/plans-\(ofMany ? "of-many" : "of-few").txt"
    let difference = try Golden.difference(name, text, root: Golden.root)
    #expect(difference == nil, "\(difference ?? "")")
    for line in text.split(separator: "\n") where line.contains("SCAN ") {
      // Looks through what a walk before it gives, through the index of texts, or along an index.
      #expect(
        line.contains("USING INDEX") || line.contains("VIRTUAL TABLE") || line.contains("SCAN o")
          || line.contains("(subquery") || line.contains("SCAN (")
          || line.contains("USING COVERING INDEX"), "\(line)")
    }
    store.finish()
  }

  private func others(_ store: SQLiteCatalogue) throws -> String {
    var text = ""
    let cursor = PageCursor(list: "", key: .integer(1), row: 1)
    for isAfter in [false, true] {
      var mine = RunFilter()
      mine.user = "ann"
      for filter in [RunFilter(), mine] {
        text += "## runs\n" + (try store.plan(filter, after: isAfter ? cursor : nil)) + "\n\n"
      }
      text += "## workflows\n"
      text += try store.plan(WorkflowFilter(), after: isAfter ? cursor : nil) + "\n\n"
    }
    return text
  }

  private func fill(_ store: SQLiteCatalogue) throws {
    try store.write { transaction in
      for number in 1...3 {
        var new = Sample.asset(number)
        if number == 1 { new.facts = Sample.film(seconds: 1) }
        new.generation = try Sample.generation(number)
        _ = try transaction.addAsset(new, id: Sample.assetID(number))
      }
      try transaction.deleteAsset(Sample.assetID(3), at: Sample.time(1), evenIfReferenced: true)
    }
  }

  private func filters() throws -> [(String, AssetFilter)] {
    func filter(_ set: (inout AssetFilter) -> Void) -> AssetFilter {
      var filter = AssetFilter()
      set(&filter)
      return filter
    }
    let run = try RunID("r1")
    return [
      ("all", filter { _ in }), ("trash", filter { $0.isDeleted = true }),
      ("films", filter { $0.kinds = [.video] }),
      ("two kinds", filter { $0.kinds = [.video, .image] }),
      (
        "films of a model before a date",
        filter {
          $0.kinds = [.video]
          $0.model = "sdxl"
          $0.to = Sample.time(5)
        }
      ),
      ("wide ones", filter { $0.width = 600...700 }), ("of a run", filter { $0.run = run }),
    ]
  }
}
