import Foundations
import Model
import Sniffing
import Testing

/// What is promised of lists.
enum Paging {
  static let promises = [
    CataloguePromise("pages laid together are the list, in every order and both ways") { subject in
      for number in 0..<23 {
        try subject.add(number) {
          $0.name = ["b", "A", "ä", "C"][number % 4]
          $0.size = Int64(number % 5)
          $0.addedAt = Sample.time(number % 7)
          if number % 3 > 0 { $0.facts = Sample.film(seconds: Double(number % 4)) }
        }
      }
      for key in AssetOrder.Key.allCases {
        for isDescending in [true, false] {
          let order = AssetOrder(key, isDescending: isDescending)
          let whole = try subject.ids(AssetFilter(), order)
          #expect(whole.count == 23)
          #expect(try inPages(subject, AssetFilter(), order) == whole)
          let other = AssetOrder(key, isDescending: !isDescending)
          #expect(try subject.ids(AssetFilter(), other) == whole.reversed())
          var films = AssetFilter()
          films.kinds = [.video, .image]
          #expect(try subject.ids(films, order) == whole)
          #expect(try inPages(subject, films, order) == whole)
        }
      }
    },
    CataloguePromise("a list goes on where it was, whatever was added before that place") {
      for number in 0..<6 { try $0.add(number) }
      let store = $0.store
      let first = try store.read {
        try $0.assets(AssetFilter(), .newest, after: nil, atMost: 3)
      }
      try $0.add(99)
      let second = try store.read {
        try $0.assets(AssetFilter(), .newest, after: first.next, atMost: 10)
      }
      #expect((first.items + second.items).map(\.id.text) == ["a5", "a4", "a3", "a2", "a1", "a0"])
      #expect(second.next == nil)
    },
    CataloguePromise("a cursor goes through a client's hands and comes back as it was") {
      for number in 0..<4 { try $0.add(number) }
      let store = $0.store
      for key in AssetOrder.Key.allCases {
        let order = AssetOrder(key, isDescending: true)
        let page = try store.read { try $0.assets(AssetFilter(), order, after: nil, atMost: 1) }
        let next = try #require(page.next)
        #expect(try PageCursor("\(next)") == next)
      }
    },
    CataloguePromise("a cursor of another list is refused") {
      for number in 0..<4 { try $0.add(number) }
      let store = $0.store
      let page = try store.read { try $0.assets(AssetFilter(), .newest, after: nil, atMost: 1) }
      let bySize = AssetOrder(.size, isDescending: true)
      let code = failureCode {
        try store.read { try $0.assets(AssetFilter(), bySize, after: page.next, atMost: 1) }
      }
      #expect(code == .modelBadCursor)
      let query = try TextQuery("picture")
      let other = failureCode {
        try store.read {
          try $0.search(query, AssetFilter(), .newest, after: page.next, atMost: 1)
        }
      }
      #expect(other == .modelBadCursor)
    },
  ]

  private static func inPages(
    _ subject: CataloguePromise.Subject, _ filter: AssetFilter, _ order: AssetOrder
  ) throws -> [String] {
    var found: [String] = []
    var cursor: PageCursor?
    repeat {
      let page = try subject.store.read { [cursor] in
        try $0.assets(filter, order, after: cursor, atMost: 4)
      }
      found += page.items.map(\.id.text)
      cursor = page.next
    } while cursor != nil
    return found
  }
}
