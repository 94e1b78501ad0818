import Model
import Stores

/// The search, with common and rare words.
struct Searches {
  let store: SQLiteCatalogue
  let content: Content

  func measure() throws {
    let common = content.common
    for (name, text) in [
      ("common word", common[0]), ("two common words", "\(common[0]) \(common[1])"),
      ("four common words", common.joined(separator: " ")),
      ("common and rare", "\(common[0]) \(content.rare)"), ("rare word", content.rare),
      ("beginning", "\(common[1].prefix(3))*"), ("part", "*\(common[0].prefix(4))"),
      ("no such word", "xxyyzz"),
    ] {
      for (ranking, goal) in [(SearchRanking.newest, 20.0), (.best, 250.0)] {
        let query = try TextQuery(text)
        try Measure.print("\(ranking), \(name)", goal: goal, times: 20) { _ in
          try store.read {
            try $0.search(query, AssetFilter(), ranking, after: nil, atMost: 50)
          }.items.count
        }
      }
    }
    var filter = AssetFilter()
    filter.tags = ["chosen"]
    let query = try TextQuery(common[0])
    try Measure.print("newest, common word with a tag", goal: 20, times: 20) { [filter] _ in
      try store.read {
        try $0.search(query, filter, .newest, after: nil, atMost: 50)
      }.items.count
    }
  }
}
