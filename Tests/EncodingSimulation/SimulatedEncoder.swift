package import Encoding
package import FFmpegTool
package import Foundations
import Synchronization

/// An encoder of films whose curves are known: its files say how they were made, and measuring one
/// reads that.
package final class SimulatedEncoder: SegmentEncoder {
  /// An encode that was begun.
  package struct Call: Sendable, Hashable {
    package let frames: Range<Int>
    package let settings: AV1Settings
  }

  private let segments: [Segment]
  private let title: SimulatedTitle
  private let state = Mutex<[Call]>([])
  private let trouble: @Sendable (Call, _ before: Int) throws -> Void

  /// An encoder of a film's plan; `trouble` is asked before each encode, with how many of the same
  /// there were before.
  package init(
    _ title: SimulatedTitle,
    trouble: @escaping @Sendable (Call, _ before: Int) throws -> Void = { _, _ in }
  ) {
    self.title = title
    segments = title.segments
    self.trouble = trouble
  }

  /// What was encoded, in the order it was begun.
  package var calls: [Call] { state.withLock { $0 } }

  package func encode(
    _ frames: Range<Int>, every step: Int, _ settings: AV1Settings, into file: FilePath,
    stop: StopFlag
  ) throws -> EncodedPiece {
    try stop.check()
    let call = Call(frames: frames, settings: settings)
    let before = state.withLock { calls in
      defer { calls.append(call) }
      return calls.count { $0 == call }
    }
    try trouble(call, before)
    let told = "\(settings.crfQuarters) \(settings.preset) \(settings.parameters.count)\n"
    let curve = curve(of: frames)
    // A thousandth of what it would be, so that tests are quick.
    let count = max(
      told.utf8.count, Int(curve.bytes(settings.crfQuarters, frames: frames.count) / 1_024))
    let bytes =
      Array(told.utf8)
      + Array(repeating: UInt8(truncatingIfNeeded: curve.seed), count: count - told.utf8.count)
    try AtomicFile.replace(file, with: bytes, durability: .relaxed)
    return EncodedPiece(
      file: file, frames: frames, step: step, bytes: Int64(bytes.count),
      cpuSeconds: Double(frames.count) * (settings.preset >= ProbeSample.preset ? 0.025 : 0.113),
      peakMemory: 1 << 20)
  }

  package func score(
    _ piece: EncodedPiece, by metric: QualityMetric, every: Int, stop: StopFlag
  ) throws -> ScoredPiece {
    let text = String(decoding: try SmallFile.read(piece.file, limit: 1 << 24), as: UTF8.self)
    let words = text.prefix { $0 != "\n" }.split(separator: " ").compactMap { Int($0) }
    let curve = curve(of: piece.frames)
    let quality =
      words[1] >= ProbeSample.preset ? curve.probe(words[0]) : curve.quality(words[0])
    return ScoredPiece(
      scores: Array(repeating: quality, count: (piece.frames.count + every - 1) / every),
      cpuSeconds: Double(piece.frames.count) * (every > 1 ? 0.029 : 0.053))
  }

  private func curve(of frames: Range<Int>) -> SimulatedCurve {
    let index = segments.firstIndex { $0.frames.contains(frames.lowerBound) } ?? 0
    return title.curves[index]
  }
}

extension SimulatedTitle {
  /// Its segments, one after the other.
  package var segments: [Segment] {
    var begin = 0
    return frames.enumerated().map { index, count in
      defer { begin += count }
      return Segment(index: index, frames: begin..<begin + count)
    }
  }

  /// Digests of its frames, no two alike.
  package var digests: [FrameDigest] {
    (0..<frames.reduce(0, +)).map { FrameDigest(high: UInt64($0), low: curves[0].seed) }
  }

  /// A job over it in a store.
  package func job(
    _ encoder: any SegmentEncoder, in store: SegmentStore, goal: QualityGoal?,
    allocation: EncodeSettings.Allocation = .constant
  ) -> EncodingJob {
    let pictures = RawPictures(
      width: 1_920, height: 1_080, pixelFormat: "yuv420p10le", rate: (24, 1))
    let origin = PieceOrigin(
      digests: digests, area: nil, pictures: pictures, encoder: "simulated 1", meter: "known")
    return EncodingJob(
      plan: SegmentPlan(segments), origin: origin,
      settings: AV1Settings(
        crfQuarters: 104, preset: 6, keyInterval: 240, parameters: [.init("tune", "0")]),
      goal: goal, allocation: allocation, encoder: encoder, store: store)
  }
}
