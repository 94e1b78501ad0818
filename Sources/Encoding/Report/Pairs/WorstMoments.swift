/// Which frames of an encode are worth being looked at: the worst, each from another part of the
/// film.
package enum WorstMoments {
  /// Frames that are nearer than this show the same.
  private static let distance = 12

  /// The worst frame of each of the worst segments, worst first.
  ///
  /// Where there are fewer segments than frames are wanted, further frames come from the same ones,
  /// a good part of them away from each other. Where nothing was measured, the frames are spread
  /// over the film.
  package static func pick(
    _ count: Int, of segments: [(frames: Range<Int>, scores: [Double])]
  ) -> [Int] {
    let measured = segments.filter { $0.scores.count == $0.frames.count && !$0.scores.isEmpty }
    let total = segments.reduce(0) { $0 + $1.frames.count }
    guard !measured.isEmpty else { return spread(count, over: total) }
    let worst = measured.compactMap { segment -> (frame: Int, score: Double)? in
      segment.scores.enumerated().min { $0.element < $1.element }.map {
        (segment.frames.lowerBound + $0.offset, $0.element)
      }
    }.sorted { ($0.score, $0.frame) < ($1.score, $1.frame) }
    var picked: [Int] = []
    func take(_ frame: Int, _ distance: Int) {
      guard picked.count < count, picked.allSatisfy({ abs($0 - frame) >= distance }) else { return }
      picked.append(frame)
    }
    for (frame, _) in worst { take(frame, distance) }
    guard picked.count < count else { return picked }
    let all = measured.flatMap { segment in
      segment.scores.enumerated().map { (segment.frames.lowerBound + $0.offset, $0.element) }
    }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    let apart = max(distance, total / (count * 3))
    for (frame, _) in all { take(frame, apart) }
    return picked
  }

  private static func spread(_ count: Int, over frames: Int) -> [Int] {
    let count = min(count, frames / distance)
    return (0..<max(count, min(frames, 1))).map { (2 * $0 + 1) * frames / (2 * max(count, 1)) }
  }
}
