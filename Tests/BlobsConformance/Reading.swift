import Blobs
import Foundations
import Hashing
import Testing

/// What is promised of blobs that are read and put into folders.
enum Reading {
  static let promises = [
    BlobPromise("any part of a blob can be read") {
      let bytes = BlobPromise.content(1)
      let content = try $0.store.open($0.add(bytes))
      #expect(content.size == 50_000)
      for part in [0..<1, 49_999..<50_000, 20_000..<40_000, 0..<50_000, 7..<7, 50_000..<50_000] {
        let read = try content.read(Int64(part.lowerBound)..<Int64(part.upperBound))
        #expect(read == Array(bytes[part]))
      }
    },
    BlobPromise("a part is handed over in pieces of the size asked for") {
      let bytes = BlobPromise.content(1)
      let content = try $0.store.open($0.add(bytes))
      var pieces: [[UInt8]] = []
      try content.read(10..<30_010, pieces: 9_999) { pieces.append($0) }
      #expect(pieces.map(\.count) == [9_999, 9_999, 9_999, 3])
      #expect(pieces.flatMap { $0 } == Array(bytes[10..<30_010]))
    },
    BlobPromise("a part outside of the blob is refused") {
      let content = try $0.store.open($0.add([1, 2, 3]))
      #expect(failureCode { try content.read(0..<4) } == .blobBadRange)
      #expect(failureCode { try content.read(-1..<2) } == .blobBadRange)
      #expect(failureCode { try content.read(4..<4) { _ in } } == .blobBadRange)
    },
    BlobPromise("what is not there is told so, everywhere") {
      let id = BlobID(SHA256.hash([9]))
      let store = $0.store
      let target = try Destination($0.folder.appending("x"))
      #expect(failureCode { try store.open(id) } == .blobNotFound)
      #expect(failureCode { try store.materialise(id, as: target) } == .blobNotFound)
      #expect(try store.find(id) == nil)
      #expect(try store.renew(id) == nil)
      #expect(try store.verify(id, quarantining: true, stop: nil) == .missing)
      #expect(try store.delete(id, unlessYoungerThan: .zero) == .absent)
    },
    BlobPromise("an open blob can be read to its end after it was removed") {
      let bytes = BlobPromise.content(1)
      let id = try $0.add(bytes)
      let content = try $0.store.open(id)
      _ = try $0.store.delete(id, unlessYoungerThan: .zero)
      #expect(try content.read(0..<50_000) == bytes)
    },
    BlobPromise("reading stops when told to") {
      let content = try $0.store.open($0.add(BlobPromise.content(1)))
      let stop = StopFlag()
      var count = 0
      let code = failureCode {
        try content.read(pieces: 10_000, stop: stop) { _ in
          count += 1
          if count == 2 { stop.stop() }
        }
      }
      #expect(code == .stopped && count == 2)
    },
    BlobPromise("a blob becomes a file in a folder, whole, and by default no other is replaced") {
      let bytes = BlobPromise.content(1)
      let id = try $0.add(bytes)
      let path = $0.folder.appending("picture.png")
      let target = try Destination(path)
      let store = $0.store
      try store.materialise(id, as: target)
      #expect(try SmallFile.read(path, limit: 100_000) == bytes)
      #expect(failureCode { try store.materialise(id, as: target) } == .fileExists)
      try AtomicFile.replace(path, with: [1])
      let way = try store.materialise(id, as: target, ways: [.copy], replacing: true)
      #expect(way == .copy)
      #expect(try SmallFile.read(path, limit: 100_000) == bytes)
    },
    BlobPromise("paths and addresses are there where the store declares them, and nowhere else") {
      let id = try $0.add([1, 2, 3])
      let path = $0.store.localPath(of: id)
      #expect((path != nil) == $0.store.features.hasLocalPaths)
      if let path { #expect(try SmallFile.read(path, limit: 10) == [1, 2, 3]) }
      let url = try $0.store.url(for: id, expiresAfter: .seconds(60))
      #expect((url != nil) == $0.store.features.hasURLs)
    },
  ]
}
