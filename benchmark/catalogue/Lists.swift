import Foundations
import Model
import Sniffing
import Stores

/// Lists by every order and many filters.
struct Lists {
  let store: SQLiteCatalogue
  let count: Int

  func measure() throws {
    for key in AssetOrder.Key.allCases {
      let order = AssetOrder(key, isDescending: true)
      try page("first page by \(key)", goal: 5, AssetFilter(), order)
      let deep = try place(order)
      try Measure.print("page at 90 % depth by \(key)", goal: 10) { _ in
        try store.read { try $0.assets(AssetFilter(), order, after: deep, atMost: 100) }.items.count
      }
    }
    for (name, filter) in filters {
      try page("newest, \(name)", goal: 10, filter, .newest)
      try page("by size, \(name)", filter, AssetOrder(.size, isDescending: true), times: 30)
    }
  }

  private func page(
    _ name: String, goal: Double? = nil, _ filter: AssetFilter, _ order: AssetOrder,
    times: Int = 200
  ) throws {
    try Measure.print(name, goal: goal, times: times) { _ in
      try store.read { try $0.assets(filter, order, after: nil, atMost: 100) }.items.count
    }
  }

  /// The cursor after nine tenths of the list.
  private func place(_ order: AssetOrder) throws -> PageCursor? {
    var cursor: PageCursor?
    var left = count * 9 / 10
    while left > 0 {
      let page = try store.read { [cursor] in
        try $0.assets(AssetFilter(), order, after: cursor, atMost: min(left, 10_000))
      }
      left -= page.items.count
      cursor = page.next
    }
    return cursor
  }

  private var filters: [(String, AssetFilter)] {
    func filter(_ set: (inout AssetFilter) -> Void) -> AssetFilter {
      var filter = AssetFilter()
      set(&filter)
      return filter
    }
    let old = Timestamp(microseconds: 1_700_000_000_000_000 + Int64(count / 10) * 30_000_000)
    return [
      ("films", filter { $0.kinds = [.video] }),
      ("films and sounds", filter { $0.kinds = [.video, .audio] }),
      ("common model", filter { $0.model = "sdxl" }),
      ("rare model", filter { $0.model = "cascade" }),
      ("one user", filter { $0.user = "user7" }), ("tag", filter { $0.tags = ["chosen"] }),
      ("before a date", filter { $0.to = old }),
      (
        "films of a user and model before a date",
        filter {
          $0.kinds = [.video]
          $0.model = "flux"
          $0.user = "user6"
          $0.to = old
        }
      ),
      ("large pictures", filter { $0.width = 1_900...4_000 }),
      ("no such width", filter { $0.width = 5_000...6_000 }),
    ]
  }
}
