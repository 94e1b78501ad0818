import Encoding
import EncodingSimulation
import FFmpegTool
import Foundation
import Foundations
import Synchronization
import TestSupport
import Testing

@Suite("The store of segments")
struct SegmentStoreTests {
  private static let settings = AV1Settings(crfQuarters: 100, preset: 6, keyInterval: 240)
  private static let pictures = RawPictures(
    width: 64, height: 48, pixelFormat: "yuv420p10le", rate: (24, 1))

  private let folder: TemporaryFolder
  private let store: SegmentStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SegmentStore(FilePath(folder("segments")))
  }

  private static func origin(
    first: UInt64 = 0, area: PictureArea? = nil, encoder: String = "a 1", meter: String = "vmaf"
  ) -> PieceOrigin {
    PieceOrigin(
      digests: (0..<100).map { FrameDigest(high: first + $0, low: 1) }, area: area,
      pictures: pictures, encoder: encoder, meter: meter)
  }

  private func make(
    _ frames: Range<Int>, _ fill: UInt8 = 7, _ count: Int = 500
  ) -> (FilePath) throws -> (EncodedPiece, ScoredPiece) {
    { file in
      try AtomicFile.replace(file, with: Array(repeating: fill, count: count))
      let piece = EncodedPiece(
        file: file, frames: frames, step: 1, bytes: Int64(count), cpuSeconds: 1.5, peakMemory: 9)
      return (
        piece,
        ScoredPiece(scores: frames.map { 90 + Double($0) / 7 }, cpuSeconds: 0.25)
      )
    }
  }

  private func piece(_ fill: UInt8 = 7, made: () -> Void = {}) throws -> StoredPiece {
    let key = Self.origin().key(of: 0..<50, Self.settings)
    return try store.piece(key, of: 0..<50, keepsFile: true, stop: StopFlag()) { file in
      made()
      return try make(0..<50, fill)(file)
    }
  }

  @Test("gives back what was put in, to the last digit, without making it again")
  func roundTrip() throws {
    let first = try piece()
    let second = try piece { Issue.record("it was there") }
    #expect(!first.isReused && second.isReused)
    #expect(first.piece == second.piece && first.scored == second.scored)
    #expect(try SmallFile.read(second.piece.file, limit: 1_000) == Array(repeating: 7, count: 500))
  }

  @Test("names pieces by all that makes them, and not by where in the film they are")
  func keys() {
    let origin = Self.origin()
    var other = Self.settings
    other.parameters = [.init("tune", "0")]
    let area = PictureArea(x: 0, y: 2, width: 64, height: 44)
    let keys = [
      origin.key(of: 0..<50, Self.settings), origin.key(of: 1..<51, Self.settings),
      origin.key(of: 0..<49, Self.settings), origin.key(of: 0..<50, every: 2, Self.settings),
      origin.key(of: 0..<50, other),
      Self.origin(area: area).key(of: 0..<50, Self.settings),
      Self.origin(encoder: "a 2").key(of: 0..<50, Self.settings),
      Self.origin(meter: "xpsnr").key(of: 0..<50, Self.settings),
    ]
    #expect(Set(keys).count == keys.count)
    #expect(
      Self.origin(first: 10).key(of: 0..<20, Self.settings)
        == origin.key(of: 10..<30, Self.settings))
  }

  @Test("makes a damaged piece again", arguments: ["changed", "cut", "gone", "record", "empty"])
  func damage(how: String) throws {
    let file = try piece().piece.file
    let record = FilePath(file.text.replacingOccurrences(of: ".ivf", with: ".json"))
    switch how {
    case "changed": try AtomicFile.replace(file, with: [UInt8](repeating: 8, count: 500))
    case "cut": try AtomicFile.replace(file, with: [UInt8](repeating: 7, count: 499))
    case "gone": try FileManager.default.removeItem(atPath: file.text)
    case "record": try AtomicFile.replace(record, with: Array("{\"format\": 1".utf8))
    default: try AtomicFile.replace(record, with: [])
    }
    let again = try piece()
    #expect(!again.isReused)
    #expect(try piece { Issue.record("it is whole again") }.isReused)
  }

  @Test("holds no piece whose making a kill ended before its record was there")
  func half() throws {
    let file = try piece().piece.file
    let record = file.text.replacingOccurrences(of: ".ivf", with: ".json")
    try FileManager.default.removeItem(atPath: record)
    #expect(try piece(9).isReused == false)
    #expect(try SmallFile.read(file, limit: 1_000).first == 9)
  }

  @Test("leaves nothing of a piece that could not be made")
  func failed() throws {
    struct Broken: Error {}
    let key = Self.origin().key(of: 0..<50, Self.settings)
    #expect(throws: Broken.self) {
      try store.piece(key, of: 0..<50, keepsFile: true, stop: StopFlag()) { file in
        try AtomicFile.replace(file, with: [1])
        throw Broken()
      }
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: store.path.text)
    #expect(names == ["locks"])
  }

  @Test("keeps of probes the scores alone")
  func probes() throws {
    let key = Self.origin().key(of: 0..<50, Self.settings)
    let made = try store.piece(
      key, of: 0..<50, keepsFile: false, stop: StopFlag(), make: make(0..<50))
    #expect(FileStatus.ifPresent(made.piece.file) == nil)
    #expect(try store.find(key, of: 0..<50, needsFile: false, stop: StopFlag()) != nil)
    #expect(try store.find(key, of: 0..<50, needsFile: true, stop: StopFlag()) == nil)
  }

  @Test("makes a piece once, however many want it at the same time")
  func once() throws {
    let made = Mutex(0)
    withThreads(8) { _ in
      // Each as a process would: by an opening of its own.
      guard let other = try? SegmentStore(store.path) else {
        Issue.record("no store")
        return
      }
      let key = Self.origin().key(of: 0..<50, Self.settings)
      let piece = try? other.piece(key, of: 0..<50, keepsFile: true, stop: StopFlag()) { file in
        made.withLock { $0 += 1 }
        return try make(0..<50)(file)
      }
      #expect(piece?.scored.scores.count == 50)
    }
    #expect(made.withLock { $0 } == 1)
  }

  @Test("ends the waiting for somebody's piece when told to stop")
  func stopped() throws {
    let stop = StopFlag()
    let key = Self.origin().key(of: 0..<50, Self.settings)
    _ = try store.piece(key, of: 0..<50, keepsFile: true, stop: StopFlag()) { file in
      let other = try SegmentStore(store.path)
      stop.stop()
      #expect(throws: StoppedFailure.self) {
        try other.piece(key, of: 0..<50, keepsFile: true, stop: stop, make: make(0..<50))
      }
      return try make(0..<50)(file)
    }
  }

  @Test("lets go of nothing while somebody uses it, and of leftovers of those who died")
  func inUse() throws {
    let time = ManualTime(startingAt: SystemTime().now)
    _ = try piece()
    time.advance(by: .seconds(7_200))
    func sweep() throws -> Int? {
      try SegmentStore(store.path).sweepUnlessUsed(
        budget: 0, olderThan: .seconds(9_999), clock: time)?.files
    }
    var uses = [try store.use(stop: StopFlag()), try store.use(stop: StopFlag())]
    #expect(try sweep() == nil)
    uses.removeLast()
    #expect(try sweep() == nil)
    uses.removeLast()
    try folder.write("segments/locks/in-use-1.lock", [])
    #expect(try sweep() == 2)
    #expect(FileStatus.ifPresent(FilePath(folder("segments/locks/in-use-1.lock"))) == nil)
  }

  @Test("takes pieces for others where something was done to the frames, or to their neighbours")
  func steps() throws {
    func key(_ steps: String, _ digests: [UInt64], leans: Bool) -> PieceKey {
      PieceOrigin(
        digests: digests.map { FrameDigest(high: $0, low: 1) }, area: nil,
        pictures: Self.pictures, steps: steps, leansOnNeighbours: leans, encoder: "a", meter: "b"
      ).key(of: 1..<3, Self.settings)
    }
    let plain = key("", [1, 2, 3, 4], leans: false)
    #expect(plain == key("", [9, 2, 3, 9], leans: false))
    #expect(plain != key("turned by 180", [1, 2, 3, 4], leans: false))
    let leaning = key("deinterlaced", [1, 2, 3, 4], leans: true)
    #expect(leaning != key("deinterlaced", [9, 2, 3, 4], leans: true))
    #expect(leaning != key("deinterlaced", [1, 2, 3, 9], leans: true))
    #expect(leaning != key("deinterlaced", [1, 2, 3], leans: true))
    #expect(leaning == key("deinterlaced", [1, 2, 3, 4, 5], leans: true))
  }

  @Test("lets go of the oldest beyond its budget, and of nothing that is young")
  func sweep() throws {
    let origin = Self.origin()
    let time = ManualTime(startingAt: SystemTime().now)
    for count in 40..<44 {
      _ = try store.piece(
        origin.key(of: 0..<count, Self.settings), of: 0..<count, keepsFile: true,
        stop: StopFlag(), make: make(0..<count, 7, 100_000))
    }
    #expect(try store.sweep(budget: 0, olderThan: .seconds(9_999), clock: time).files == 0)
    time.advance(by: .seconds(7_200))
    let swept = try store.sweep(budget: 250_000, olderThan: .seconds(9_999), clock: time)
    #expect(swept.files == 4 && swept.kept <= 250_000)
    time.advance(by: .seconds(7_200))
    #expect(try store.sweep(budget: .max, olderThan: .seconds(9_999), clock: time).files == 4)
  }
}
