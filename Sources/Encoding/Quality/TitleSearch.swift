/// The search over all segments of a film, as a value that touches no encoder.
///
/// Segments are searched in batches, and each learns from the batches before it alone, never from
/// one that happened to be done sooner. So the result depends on the film and the goal, and neither
/// on the number of workers nor on a kill in between. The first batches are of one segment, since
/// the first says most; then each is as large as all before it. They are spread evenly over the
/// film, so that each segment soon has neighbours that are done.
package struct TitleSearch: Sendable {
  package let goal: QualityGoal
  /// The frames of each segment.
  package let frames: [Int]
  /// The searches that are done, by segment.
  package private(set) var done: [SegmentSearch?]

  private enum Stage: Sendable {
    case sounding
    case wave(Int)
    case closing(Int)
    case ended
  }

  private var prior: TitlePrior
  private var stage: Stage
  private var centres: [Double]
  private var soundings: [SegmentSearch?]
  private let order: [Int]
  private var pending: Set<Int> = []

  // A mean so much nearer than it has to be, since the film is measured again by others.
  private static let closingShare = 0.8
  private static let soundingCRFs = [104, 160]
  // Aims beyond would be redone for being outside the tolerance of their segment.
  private static let aimShare = 0.7
  private static let borneShare = 0.4

  /// A search over segments of so many frames.
  package init(
    frames: [Int], goal: QualityGoal, allocation: EncodeSettings.Allocation = .constant
  ) {
    self.frames = frames
    self.goal = goal
    prior = TitlePrior(metric: goal.metric)
    done = Array(repeating: nil, count: frames.count)
    soundings = Array(repeating: nil, count: frames.count)
    centres = Array(repeating: goal.target, count: frames.count)
    order = Self.spread(frames.count)
    stage = allocation == .lagrangian && frames.count > 1 ? .sounding : .wave(0)
  }

  /// The searches that may be gone through now, in any order and side by side; none at the end.
  ///
  /// All of them are given back to `take` before the next are asked for.
  package mutating func nextBatch() -> [SegmentSearch] {
    precondition(pending.isEmpty, "a batch is taken in before the next begins")
    let batch = makeBatch()
    pending = Set(batch.map(\.index))
    return batch
  }

  /// Takes in a batch whose searches are finished.
  ///
  /// A segment that could not be encoded as it should is given back with what there is.
  package mutating func take(_ batch: [SegmentSearch]) {
    precondition(Set(batch.map(\.index)) == pending, "a batch comes back whole")
    pending = []
    // In order, since sums of fractions depend on it.
    let batch = batch.sorted { $0.index < $1.index }
    switch stage {
    case .sounding:
      for search in batch { soundings[search.index] = search }
      centres = Allocation(goal: goal, frames: frames, soundings: soundings).targets
      stage = .wave(0)
    case .wave(let count):
      for search in batch {
        done[search.index] = search
        if !search.encodes.isEmpty { prior.learn(search.index, search.curve) }
      }
      stage = .wave(count + batch.count)
    case .closing(let count):
      for search in batch { done[search.index] = search }
      stage = .closing(count + 1)
    case .ended: break
    }
  }

  /// The mean quality over the frames of the segments that are done; nil where none is.
  package var mean: Double? {
    let (sum, count) = total
    return count > 0 ? sum / count : nil
  }

  private var total: (sum: Double, frames: Double) {
    var (sum, count) = (0.0, 0.0)
    for (index, search) in done.enumerated() {
      guard let quality = search?.quality else { continue }
      sum += quality * Double(frames[index])
      count += Double(frames[index])
    }
    return (sum, count)
  }

  private mutating func makeBatch() -> [SegmentSearch] {
    switch stage {
    case .sounding: return frames.indices.map { sounding($0) }
    case .wave(let count) where count < order.count:
      let size = min(max(1, count), order.count - count)
      return order[count..<count + size].map { search($0) }
    case .wave:
      stage = .closing(0)
      return makeBatch()
    case .closing(let count):
      if let search = closing(count) { return [search] }
      stage = .ended
      return []
    case .ended: return []
    }
  }

  private func sounding(_ index: Int) -> SegmentSearch {
    SegmentSearch(
      index: index, goal: goal, centre: goal.target, target: goal.target,
      prior: prior.estimate(for: index), probeShare: ProbeSample.share(of: frames[index]),
      plan: .sounding(Self.soundingCRFs))
  }

  private func search(_ index: Int) -> SegmentSearch {
    var search = SegmentSearch(
      index: index, goal: goal, centre: centres[index], target: centres[index] + steering,
      prior: prior.estimate(for: index), probeShare: ProbeSample.share(of: frames[index]))
    for probe in soundings[index]?.probes ?? [] {
      search.take(.probe(probe.crfQuarters), quality: probe.quality, bytes: probe.bytes)
    }
    return search
  }

  /// By how much segments still to come must be off for the mean of all to be right.
  private var steering: Double {
    var (missing, left) = (0.0, 0.0)
    for index in frames.indices {
      let count = Double(frames[index])
      if let quality = done[index]?.quality {
        missing += (centres[index] - quality) * count
      } else {
        left += count
      }
    }
    // What the mean bears is not made good: aiming beside a segment's own target costs encodes.
    let borne = goal.titleTolerance * Self.borneShare * (total.frames + left)
    missing = missing < 0 ? min(missing + borne, 0) : max(missing - borne, 0)
    let most = goal.tolerance * Self.aimShare
    return left > 0 ? min(max(missing / left, -most), most) : 0
  }

  /// One segment to encode again where the mean of all is off; nil where it is not, or cannot be
  /// helped.
  private func closing(_ count: Int) -> SegmentSearch? {
    guard let mean, count < max(2, frames.count / 8),
      abs(mean - goal.target) > goal.titleTolerance * Self.closingShare
    else { return nil }
    let missing = (goal.target - mean) * total.frames
    let most = goal.tolerance * Self.aimShare
    let aims = done.compactMap { search -> (search: SegmentSearch, aim: Double, gain: Double)? in
      guard let search, let quality = search.quality,
        search.encodes.count < SegmentSearch.mostEncodes
      else { return nil }
      let frames = Double(self.frames[search.index])
      let wanted = quality + missing / frames
      let aim = min(max(wanted, search.centre - most), search.centre + most)
      let gain = (aim - quality) * frames * (missing < 0 ? -1 : 1)
      return gain > abs(missing) / 10 && search.canReach(aim) ? (search, aim, gain) : nil
    }
    // The cheapest that brings the mean inside; the one that helps most where none does.
    let enough = abs(missing) - goal.titleTolerance * Self.closingShare * total.frames
    let best =
      aims.filter { $0.gain >= enough }.min { order($0.search, $1.search) }
      ?? aims.max { $0.gain < $1.gain }
    return best.map { $0.search.aiming(at: $0.aim) }
  }

  private func order(_ left: SegmentSearch, _ right: SegmentSearch) -> Bool {
    (frames[left.index], left.index) < (frames[right.index], right.index)
  }

  /// The numbers below `count` so that each next lies far from those before it: the bits of a
  /// counter, turned round.
  static func spread(_ count: Int) -> [Int] {
    guard count > 1 else { return Array(0..<max(count, 0)) }
    let bits = Int.bitWidth - (count - 1).leadingZeroBitCount
    return (0..<(1 << bits)).compactMap { number in
      var (turned, rest) = (0, number)
      for _ in 0..<bits { (turned, rest) = (turned << 1 | rest & 1, rest >> 1) }
      return turned < count ? turned : nil
    }
  }
}
