import Blobs
import Foundations
import Testing

/// What is promised of blobs that are looked at again.
enum Verifying {
  static let promises = [
    BlobPromise("a whole blob is sound") {
      let id = try $0.add(BlobPromise.content(1))
      #expect(try $0.store.verify(id, quarantining: true, stop: nil) == .sound(size: 50_000))
    },
    BlobPromise("one changed bit is found, and left alone unless asked") {
      var bytes = BlobPromise.content(1)
      let id = try $0.add(bytes)
      bytes[33_333] ^= 1
      try $0.damage(id, bytes)
      #expect(try $0.store.verify(id, quarantining: false, stop: nil) == .damaged(movedTo: nil))
      #expect(try $0.store.find(id) != nil)
    },
    BlobPromise("a damaged blob that is put aside makes room for the right bytes") {
      let bytes = BlobPromise.content(1)
      for round in 0..<3 {
        let id = try $0.add(bytes)
        try $0.damage(id, [UInt8(round)])
        let verdict = try $0.store.verify(id, quarantining: true, stop: nil)
        guard case .damaged(let place) = verdict else {
          Issue.record("\(verdict)")
          continue
        }
        if let place { #expect(try SmallFile.read(place, limit: 10) == [UInt8(round)]) }
        #expect(try $0.store.find(id) == nil)
        #expect(try $0.stage(bytes).commit(.durable) == .stored)
        #expect(try $0.store.verify(id, quarantining: true, stop: nil) == .sound(size: 50_000))
      }
    },
    BlobPromise("looking again can be stopped") {
      let id = try $0.add(BlobPromise.content(1))
      let stop = StopFlag()
      stop.stop()
      let store = $0.store
      #expect(
        failureCode { try store.verify(id, quarantining: true, stop: stop) } == .stopped
          || !store.features.isLasting)
    },
  ]
}
