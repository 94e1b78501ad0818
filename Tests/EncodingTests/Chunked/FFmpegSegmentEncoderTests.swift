import Encoding
import FFmpegTool
import Foundation
import Foundations
import Synchronization
import TestSupport
import Testing

@Suite("Segments by a real encoder")
struct FFmpegSegmentEncoderTests {
  private static let processes = Result { try ChildProcesses() }
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The two programs that there are.
  enum Program: String, CaseIterable {
    case system
    case pinned

    var path: FilePath {
      if self == .system { return "/usr/bin/ffmpeg" }
      let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
      return FilePath(root.path + "/.tools/ffmpeg/ffmpeg")
    }

    func callAsFunction() throws -> FFmpegProgram {
      try FFmpegFinder(
        FFmpegPlaces(named: path), memory: ToolMemory(nil),
        by: try FFmpegSegmentEncoderTests.processes.get()
      ).search().requireProgram()
    }
  }

  /// Waves that move, a pattern of their own in each third of the film, and a little noise.
  private struct Waves: FrameSource {
    static let pictures = RawPictures(
      width: 192, height: 112, pixelFormat: "yuv420p", rate: (24, 1))
    static let count = 72

    func eachFrame(
      _ frames: Range<Int>, every step: Int, stop: StopFlag, _ each: ([UInt8]) throws -> Void
    ) throws {
      for frame in stride(from: frames.lowerBound, to: frames.upperBound, by: step) {
        try stop.check()
        try each(Self.frame(frame))
      }
    }

    private static func frame(_ number: Int) -> [UInt8] {
      let scene = number / 24 + 1
      var random = SeededGenerator(seed: UInt64(number))
      var bytes: [UInt8] = []
      for row in 0..<112 {
        for column in 0..<192 {
          let wave = (row * scene + column * 2 + number * 3) & 127
          let detail = (row / 3 ^ column / 5) & 15 * scene
          bytes.append(UInt8(40 + wave + detail + Int(random.next() & 7)))
        }
      }
      return bytes + [UInt8](repeating: 128, count: 192 * 112 / 2)
    }
  }

  private func job(
    _ program: FFmpegProgram, _ goal: QualityGoal?, _ store: String
  ) throws -> EncodingJob {
    let tools = PieceOrigin.tools(program, goal?.metric, height: Waves.pictures.height)
    let origin = PieceOrigin(
      digests: (0..<Waves.count).map { FrameDigest(high: UInt64($0), low: 7) }, area: nil,
      pictures: Waves.pictures, encoder: tools.encoder, meter: tools.meter)
    let encoder = FFmpegSegmentEncoder(
      program, Waves.pictures, from: Waves(), by: try Self.processes.get(),
      scratch: ScratchFolders(root: FilePath(folder("scratch"))))
    let plan = SegmentPlan(
      (0..<3).map { Segment(index: $0, frames: $0 * 24..<$0 * 24 + 24) })
    return EncodingJob(
      plan: plan, origin: origin,
      settings: AV1Settings(crfQuarters: 140, preset: 12, keyInterval: 240), goal: goal,
      encoder: encoder, store: try SegmentStore(FilePath(folder(store))))
  }

  private func run(_ job: EncodingJob, workers: Int) throws -> [[UInt8]] {
    let gate = MemoryGate(pixels: 1, memory: { nil })
    let film = try ChunkedEncoding(job, workers: workers, gate: gate).run(stop: StopFlag())
    return try film.segments.map { try SmallFile.read($0.piece.file, limit: 1 << 24) }
  }

  @Test("are the same bytes however many at a time", arguments: Program.allCases)
  func sameBytes(program: Program) throws {
    let one = try run(job(program(), nil, "one"), workers: 1)
    let three = try run(job(program(), nil, "three"), workers: 3)
    #expect(one == three && one.count == 3)
    #expect(one.allSatisfy { $0.starts(with: Array("DKIF".utf8)) })
  }

  @Test("reach the target by scores of every frame")
  func target() throws {
    let goal = QualityGoal(target: 90)
    let job = try job(Program.pinned(), goal, "segments")
    let gate = MemoryGate(pixels: 1, memory: { nil })
    let film = try ChunkedEncoding(job, workers: 2, gate: gate).run(stop: StopFlag())
    #expect(film.segments.allSatisfy { $0.scores.count == 24 })
    #expect(film.quality.map { abs($0 - 90) <= 0.5 } == true, "\(film.quality ?? 0)")
    #expect(film.work.finalSeconds > 0 && film.work.overhead >= 1)
    let again = try ChunkedEncoding(job, workers: 1, gate: gate).run(stop: StopFlag())
    #expect(again.work.reused == again.work.probes + again.work.encodes)
    #expect(again.segments.map(\.scores) == film.segments.map(\.scores))
  }
}
