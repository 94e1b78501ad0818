import Sight
import TestSupport
import Testing

/// Pictures of soft blobs that move, made small, for telling scenes apart.
private struct BlobScene {
  private var blobs: [(x: Double, y: Double, dx: Double, dy: Double, size: Double, light: Double)]
  private let ground: Double
  private let chroma: (Double, Double)

  init(_ random: inout Seeded, speed: Double = 0.4) {
    ground = Double.random(in: 40...180, using: &random)
    chroma = (
      Double.random(in: 100...156, using: &random), Double.random(in: 100...156, using: &random)
    )
    var blobs: [(x: Double, y: Double, dx: Double, dy: Double, size: Double, light: Double)] = []
    for _ in 0..<12 {
      blobs.append(
        (
          Double.random(in: 0..<64, using: &random), Double.random(in: 0..<36, using: &random),
          Double.random(in: -speed...speed, using: &random),
          Double.random(in: -speed...speed, using: &random),
          Double.random(in: 3...9, using: &random), Double.random(in: -90...90, using: &random)
        ))
    }
    self.blobs = blobs
  }

  /// The scene at a frame, luma and then both chromas.
  func values(_ frame: Int) -> [Double] {
    var values = [Double](repeating: ground, count: 64 * 36)
    for blob in blobs {
      let (x, y) = (blob.x + blob.dx * Double(frame), blob.y + blob.dy * Double(frame))
      for row in 0..<36 {
        for column in 0..<64 {
          let far =
            (Double(column) - x) * (Double(column) - x) + (Double(row) - y) * (Double(row) - y)
          values[row * 64 + column] += blob.light / (1 + far / (blob.size * blob.size))
        }
      }
    }
    for index in values.indices { values[index] = min(235, max(16, values[index])) }
    return values + [Double](repeating: chroma.0, count: 32 * 18)
      + [Double](repeating: chroma.1, count: 32 * 18)
  }
}

@Suite("Where scenes begin", .timeLimit(.minutes(5)))
struct SceneFinderTests {
  private static let size = 64 * 36 + 2 * 32 * 18

  private func glance(_ values: [Double]) -> PictureGlance {
    PictureGlance(
      luma: values[..<(64 * 36)].map { Float($0) }, chromas: values[(64 * 36)...].map { Float($0) })
  }

  private func changes(_ frames: [[Double]]) -> [SceneChange] {
    var finder = SceneFinder()
    for frame in frames { finder.add(glance(frame)) }
    return finder.finish()
  }

  private func blend(_ left: [Double], _ right: [Double], _ share: Double) -> [Double] {
    zip(left, right).map { $0 * (1 - share) + $1 * share }
  }

  private func even(_ luma: Double) -> [Double] {
    [Double](repeating: luma, count: 64 * 36) + [Double](repeating: 128, count: 2 * 32 * 18)
  }

  @Test("cuts are found at the very frame, in ever so many films")
  func cuts() {
    var random = Seeded()
    var (hit, missed, wrong) = (0, 0, 0)
    for _ in 0..<12 {
      var frames: [[Double]] = []
      var truth: [Int] = []
      for _ in 0..<5 {
        if !frames.isEmpty { truth.append(frames.count) }
        let scene = BlobScene(&random)
        frames += (0..<Int.random(in: 12...40, using: &random)).map(scene.values)
      }
      let found = changes(frames).map(\.frame)
      hit += truth.count { found.contains($0) }
      missed += truth.count { !found.contains($0) }
      wrong += found.count { !truth.contains($0) }
    }
    let f1 = Double(2 * hit) / Double(2 * hit + missed + wrong)
    #expect(f1 >= 0.95, "\(hit) hit, \(missed) missed, \(wrong) wrong, seed \(random.seed)")
  }

  @Test("flashes of up to four frames are no cuts", arguments: 1...4)
  func flashes(length: Int) {
    var random = Seeded(seed: 5)
    let scene = BlobScene(&random)
    var frames = (0..<60).map(scene.values)
    for frame in 30..<30 + length { frames[frame] = even(235) }
    #expect(changes(frames).isEmpty)
  }

  @Test("a dissolve is one change in its middle", arguments: [12, 24, 36])
  func dissolve(length: Int) throws {
    var random = Seeded(seed: 8)
    let (one, other) = (BlobScene(&random, speed: 0.1), BlobScene(&random, speed: 0.1))
    let start = 60
    let frames = (0..<150).map { frame -> [Double] in
      let share = min(1, max(0, Double(frame - start) / Double(length)))
      return blend(one.values(frame), other.values(frame), share)
    }
    let found = changes(frames)
    try #require(found.count == 1)
    #expect(found[0].kind == .dissolve)
    #expect(abs(found[0].frame - start - length / 2) <= length / 4 + 2)
  }

  @Test("through black is one fade")
  func fade() throws {
    var random = Seeded(seed: 11)
    let (one, other) = (BlobScene(&random, speed: 0.1), BlobScene(&random, speed: 0.1))
    let frames = (0..<150).map { frame -> [Double] in
      switch frame {
      case ..<60: one.values(frame)
      case 60..<72: blend(one.values(frame), even(16), Double(frame - 60) / 12)
      case 72..<76: even(16)
      case 76..<88: blend(even(16), other.values(frame), Double(frame - 76) / 12)
      default: other.values(frame)
      }
    }
    let found = changes(frames)
    try #require(found.count == 1, "\(found)")
    #expect(found[0].kind == .fade, "\(found)")
    #expect((68...80).contains(found[0].frame))
  }

  @Test("out of black at the start and into it at the end begin no scene")
  func ends() {
    var random = Seeded(seed: 3)
    let scene = BlobScene(&random, speed: 0.1)
    let frames = (0..<150).map { frame -> [Double] in
      let light = min(1, max(0, min(Double(frame - 2) / 20, Double(147 - frame) / 20)))
      return blend(even(16), scene.values(frame), light)
    }
    #expect(changes(frames).isEmpty)
  }

  @Test("what moves in the picture is no cut")
  func movement() {
    var random = Seeded(seed: 21)
    let scene = BlobScene(&random, speed: 2)
    #expect(changes((0..<120).map(scene.values)).isEmpty)
  }

  @Test("a film of no frames or one has no changes")
  func short() {
    var random = Seeded(seed: 1)
    #expect(changes([]).isEmpty)
    #expect(changes([BlobScene(&random).values(0)]).isEmpty)
  }
}
