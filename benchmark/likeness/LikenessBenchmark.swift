import Foundations
import Media
import Pictures
import Sight
import TestSupport

/// How well pictures and clips are found again after they were coded, resized and cut.
@main
enum LikenessBenchmark {
  /// One thing that people do to a picture or a clip.
  private struct Change {
    let name: String
    let scale: Double
    let quality: Int
    let cut: SyntheticScene.Cut
    var framesPerSecond = 12
  }

  private static let changes = [
    Change(name: "coded again", scale: 1, quality: 40, cut: .init()),
    Change(name: "coded coarsely", scale: 1, quality: 15, cut: .init()),
    Change(name: "half the size", scale: 0.5, quality: 75, cut: .init()),
    Change(
      name: "a quarter, another rate", scale: 0.25, quality: 60, cut: .init(),
      framesPerSecond: 9),
    Change(name: "4 % off one side", scale: 1, quality: 75, cut: .init(left: 0.04)),
    Change(name: "8 % off one side", scale: 1, quality: 75, cut: .init(right: 0.08)),
    Change(
      name: "2 % off each side", scale: 1, quality: 75,
      cut: .init(left: 0.02, right: 0.02, top: 0.02, bottom: 0.02)),
    Change(
      name: "5 % off each side, half the size", scale: 0.5, quality: 60,
      cut: .init(left: 0.05, right: 0.05, top: 0.05, bottom: 0.05)),
    Change(
      name: "4 % off two sides", scale: 0.75, quality: 60, cut: .init(left: 0.04, bottom: 0.04)),
  ]

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    let pictures = arguments.first ?? 300
    let clips = arguments.dropFirst().first ?? 60
    print("distances up to N are alike; false pairs as a part of all pairs shown\n")
    try report("pictures", pictures, picture)
    try report("clips", clips, clip)
  }

  private static func picture(_ seed: Int, _ change: Change?) throws -> LikenessBits? {
    let (width, height) = (Int(640 * (change?.scale ?? 1)), Int(480 * (change?.scale ?? 1)))
    let bytes = SyntheticScene(seed: UInt64(seed)).bytes(
      width: width, height: height, cut: change?.cut ?? .init(), noise: 6)
    let file = try JPEGEncoder.encode(
      bytes.span.bytes, width: width, height: height, stride: width, pixels: .gray,
      quality: change?.quality ?? 92)
    return try Sight.likeness(of: .memory(file, name: "picture.jpg"))
  }

  private static func clip(_ seed: Int, _ change: Change?) throws -> LikenessBits? {
    let scale = change?.scale ?? 1
    let file = try SyntheticScene(seed: UInt64(seed)).film(
      width: Int(320 * scale) / 2 * 2, height: Int(240 * scale) / 2 * 2,
      framesPerSecond: change?.framesPerSecond ?? 12, cut: change?.cut ?? .init(),
      crf: change.map { 50 - $0.quality / 3 } ?? 18)
    return try Sight.likeness(of: .memory(file, name: "clip.mkv"))
  }

  private static func report(
    _ what: String, _ count: Int, _ look: (Int, Change?) throws -> LikenessBits?
  ) throws {
    let began = SystemTime().uptime
    let originals = try (0..<count).map { try look($0, nil) }
    print("\(what): \(count), of which \(originals.count { $0 == nil }) are even")
    var found: [[Int]] = []
    for change in changes {
      let altered = try (0..<count).map { try look($0, change) }
      let distances = zip(originals, altered).compactMap { pair -> Int? in
        guard let left = pair.0 else { return nil }
        return pair.1.map { left.distance(to: $0) } ?? 64
      }
      found.append(distances)
      let sorted = distances.sorted()
      let recalls = [10, 12, 14].map { limit in
        String(Double(distances.count { $0 <= limit }) / Double(distances.count), decimals: 3)
      }
      print(
        "  \(change.name): recall \(recalls.joined(separator: " "));"
          + " distance p50 \(sorted[sorted.count / 2]), p95 \(sorted[sorted.count * 95 / 100])")
    }
    let unlike = originals.indices.flatMap { left in
      (left + 1..<originals.count).compactMap { right -> Int? in
        guard let one = originals[left], let other = originals[right] else { return nil }
        return one.distance(to: other)
      }
    }
    for limit in [10, 12, 14] {
      let wrong = unlike.count { $0 <= limit }
      let right = found.joined().count { $0 <= limit }
      let all = found.joined().count
      print(
        "  up to \(limit): recall \(String(Double(right) / Double(all), decimals: 4)),"
          + " false \(wrong) of \(wrong + right) shown"
          + " (\(String(100 * Double(wrong) / Double(max(1, wrong + right)), decimals: 2)) %),"
          + " of \(unlike.count) unlike pairs; least \(unlike.min() ?? 64)")
    }
    print("  in \(SystemTime().uptime - began)\n")
  }
}
