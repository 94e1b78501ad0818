import Encoding
import Foundation
import Foundations
import Media
import Synchronization
import TestSupport
import Testing

@Suite("Analyses that are kept", .timeLimit(.minutes(5)))
struct AnalysisStoreTests {
  /// Analyses a file over a store, and tells whether it was decoded for that.
  private func analyse(
    _ path: FilePath, _ store: AnalysisStore
  ) throws -> (analysis: FilmAnalysis, isDecoded: Bool) {
    let reports = Mutex(0)
    let analysis = try store.analysis(
      of: try Film.open(path), by: FilmAnalyser(threads: 1),
      progress: ProgressSink { _ in reports.withLock { $0 += 1 } })
    return (analysis, reports.withLock { $0 } > 0)
  }

  private func clip(_ folder: TemporaryFolder) throws -> FilePath {
    try ClipCommand.film(
      "a.mp4", in: folder, frames: 40,
      ["-c:v", "libx264", "-preset", "veryfast", "-g", "10", "-bf", "2"])
  }

  @Test("a second look takes no decoding, nor does a renamed or copied file")
  func kept() throws {
    let folder = try TemporaryFolder()
    let store = AnalysisStore(folder: FilePath(folder("kept")))
    let path = try clip(folder)
    let first = try analyse(path, store)
    #expect(first.isDecoded)
    let again = try analyse(path, store)
    #expect(!again.isDecoded && again.analysis == first.analysis)
    try FileManager.default.moveItem(atPath: path.text, toPath: folder("b.mp4"))
    #expect(try !analyse(FilePath(folder("b.mp4")), store).isDecoded)
    try FileManager.default.copyItem(atPath: folder("b.mp4"), toPath: folder("c.mp4"))
    let copied = try analyse(FilePath(folder("c.mp4")), store)
    #expect(!copied.isDecoded && copied.analysis == first.analysis)
  }

  @Test("those asked for least recently go where there is no room for all")
  func sweeping() throws {
    let folder = try TemporaryFolder()
    let store = AnalysisStore(folder: FilePath(folder("kept")))
    let path = try clip(folder)
    _ = try analyse(path, store)
    #expect(try store.sweep(budget: .max) == 0)
    #expect(try store.sweep(budget: 0) > 500)
    #expect(try analyse(path, store).isDecoded)
    // What is known to be wrong is made anew.
    let reports = Mutex(0)
    _ = try store.analysis(
      of: try Film.open(path), by: FilmAnalyser(threads: 1), isAnew: true,
      progress: ProgressSink { _ in reports.withLock { $0 += 1 } })
    #expect(reports.withLock { $0 } > 0)
  }

  @Test("in another container the frames are the same and the times its own")
  func remuxed() throws {
    let folder = try TemporaryFolder()
    let store = AnalysisStore(folder: FilePath(folder("kept")))
    let first = try analyse(try clip(folder), store).analysis
    let path = try ClipCommand.make("b.mkv", in: folder, ["-i", "a.mp4", "-c", "copy"])
    let (remuxed, isDecoded) = try analyse(path, store)
    #expect(!isDecoded)
    #expect(remuxed.digests == first.digests && remuxed.cuts == first.cuts)
    let decoded = try FilmAnalyser(threads: 1).analyse(try Film.open(path))
    #expect(remuxed.table.ticks == decoded.table.ticks)
    #expect(remuxed.table.timebase == decoded.table.timebase)
    #expect(remuxed.table.entries == decoded.table.entries)
    let form = FrameForm(area: nil, format: .yuv420p)
    var numbers: [Int] = []
    try FilmFrames(try Film.open(path), remuxed, as: form).read(13..<29) { number, _ in
      numbers.append(number)
    }
    #expect(numbers == Array(13..<29))
  }

  @Test("a film that was changed is looked at anew")
  func changed() throws {
    let folder = try TemporaryFolder()
    let store = AnalysisStore(folder: FilePath(folder("kept")))
    _ = try analyse(try clip(folder), store)
    let other = try ClipCommand.film("a.mp4", in: folder, frames: 31, ["-c:v", "libx264"])
    let (analysis, isDecoded) = try analyse(other, store)
    #expect(isDecoded && analysis.table.count == 31)
  }

  @Test("a damaged entry is none, wherever it is damaged or ends")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let store = AnalysisStore(folder: FilePath(folder("kept")))
    let path = try clip(folder)
    let first = try analyse(path, store).analysis
    let bytes = AnalysisFile.write(first)
    #expect(AnalysisFile.read(bytes) == first)
    for place in stride(from: 0, to: bytes.count, by: 7) {
      var damaged = bytes
      damaged[place] ^= 0x10
      #expect(AnalysisFile.read(damaged) == nil)
      #expect(AnalysisFile.read(Array(bytes[..<place])) == nil)
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder("kept")) {
      try Data([1, 2, 3]).write(to: URL(filePath: folder("kept/" + name)))
    }
    let again = try analyse(path, store)
    #expect(again.isDecoded && again.analysis == first)
    #expect(try !analyse(path, store).isDecoded)
  }
}
