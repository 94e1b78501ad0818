import Blobs
import Foundations
import Testing

/// What is promised of lists.
enum Listing {
  static let promises = [
    BlobPromise("blobs are listed in order of their ids, each once, page by page") {
      var ids: [BlobID] = []
      for number in 0..<60 { ids.append(try $0.add(BlobPromise.content(number, size: number))) }
      for page in [1, 7, 60, 100] {
        var listed: [BlobStatus] = []
        while true {
          let next = try $0.store.list(after: listed.last?.id, atMost: page)
          #expect(next.count <= page)
          if next.isEmpty { break }
          listed += next
        }
        #expect(listed.map(\.id) == ids.sorted())
        #expect(listed.map(\.size).sorted() == (0..<60).map(Int64.init))
      }
    },
    BlobPromise("a list goes on behind a blob that is gone by now") {
      let ids = try (0..<20).map { [subject = $0] in try subject.add([UInt8($0)]) }.sorted()
      _ = try $0.store.delete(ids[9], unlessYoungerThan: .zero)
      #expect(try $0.store.list(after: ids[9], atMost: 100).map(\.id) == Array(ids[10...]))
      #expect(try $0.store.list(after: ids[19], atMost: 100).isEmpty)
    },
    BlobPromise("a blob's age counts from its last commit or renewal") {
      let id = try $0.add([1])
      $0.time.advance(by: .seconds(100))
      #expect(try $0.store.find(id)?.age == .seconds(100))
      #expect(try $0.store.renew(id)?.age == .zero)
      $0.time.advance(by: .seconds(50))
      #expect(try $0.store.list(after: nil, atMost: 1).first?.age == .seconds(50))
      try $0.add([1], .durable)
      #expect(try $0.store.find(id)?.age == .zero)
    },
  ]
}
