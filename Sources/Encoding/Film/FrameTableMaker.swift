package import Media

/// Makes the table of a film's frames while it is decoded once.
///
/// Times that are missing, doubled or go backwards are made up: the most that stand in order are
/// kept, and the others are put evenly between them, or at the film's pace where there is nothing
/// on one side. Decoding begins only at key frames whose own time could be kept.
package struct FrameTableMaker {
  private let timebase: Rational
  private let usual: Int64?
  private var raw: [Int64?] = []
  private var keys: [Int] = []
  private var lastDuration: Int64 = 0
  /// Where to seek for a key packet of a time.
  private var places: [Int64: Int64] = [:]
  private var placeOfFrame: [Int: Int64] = [:]

  /// A table of no frames yet; `usualDuration` is the film's pace where it is told.
  package init(timebase: Rational, usualDuration: Int64?) {
    self.timebase = timebase
    usual = usualDuration
  }

  /// How many frames there are so far.
  package var count: Int { raw.count }

  /// Notes a packet before it is decoded.
  ///
  /// The earlier of its two times is where to seek: some formats look for the one and some for the
  /// other, and to come out early only costs time.
  mutating func note(_ packet: borrowing Packet) {
    guard packet.isKeyFrame, let shown = packet.presentationTicks ?? packet.decodingTicks else {
      return
    }
    places[shown] = min(shown, packet.decodingTicks ?? shown)
  }

  /// Notes a frame that came out, in the order they are shown.
  mutating func note(_ frame: borrowing VideoFrame) {
    add(frame.presentationTicks, duration: frame.durationTicks, isKey: frame.isKeyFrame)
  }

  /// Notes a frame by what is told of it.
  package mutating func add(_ ticks: Int64?, duration: Int64, isKey: Bool) {
    if isKey, let ticks, let place = places.removeValue(forKey: ticks) {
      placeOfFrame[raw.count] = place
      keys.append(raw.count)
    }
    raw.append(ticks)
    lastDuration = duration
  }

  /// The table, and how many times in it are made up.
  package func finish() -> (table: FrameTable, mended: Int) {
    let kept = Self.longestRising(raw)
    var ticks: [Int64]
    if kept.count == raw.count {
      ticks = raw.compactMap { $0 }
    } else {
      ticks = spread(kept)
    }
    var mended = 0
    for index in raw.indices where raw[index] != ticks[index] { mended += 1 }
    let step = step(kept)
    // What the last frame says of itself counts only where it is likely.
    let isLikely = lastDuration > 0 && lastDuration <= 100 * step
    let table = FrameTable(
      timebase: timebase, ticks: ticks, lastDuration: isLikely ? lastDuration : step,
      entries: entries(ticks))
    return (table, mended)
  }

  private func entries(_ ticks: [Int64]) -> [FrameTable.Entry] {
    guard let first = ticks.first else { return [] }
    let later = keys.compactMap { frame -> FrameTable.Entry? in
      guard frame > 0, raw[frame] == ticks[frame], let place = placeOfFrame[frame] else {
        return nil
      }
      return FrameTable.Entry(frame: frame, ticks: place)
    }
    return [FrameTable.Entry(frame: 0, ticks: placeOfFrame[0] ?? first)] + later
  }

  /// How far two frames are apart as a rule.
  private func step(_ kept: [Int]) -> Int64 {
    let gaps = zip(kept.dropFirst(), kept).compactMap { later, sooner -> Int64? in
      guard later == sooner + 1, let end = raw[later], let start = raw[sooner] else { return nil }
      return end - start
    }.sorted()
    return max(1, gaps.isEmpty ? usual ?? 1 : gaps[gaps.count / 2])
  }

  /// The kept times, and others between them.
  private func spread(_ kept: [Int]) -> [Int64] {
    let step = step(kept)
    var ticks = [Int64](repeating: 0, count: raw.count)
    for index in kept { ticks[index] = raw[index] ?? 0 }
    guard let first = kept.first, let last = kept.last else {
      return (0..<raw.count).map { Int64($0) * step }
    }
    for index in stride(from: first - 1, through: 0, by: -1) {
      ticks[index] = ticks[index + 1] - step
    }
    for index in (last + 1)..<max(last + 1, raw.count) { ticks[index] = ticks[index - 1] + step }
    for (sooner, later) in zip(kept, kept.dropFirst()) where later > sooner + 1 {
      let (start, room) = (ticks[sooner], ticks[later] - ticks[sooner])
      for index in sooner + 1..<later {
        ticks[index] = start + room * Int64(index - sooner) / Int64(later - sooner)
      }
    }
    // Where more frames are than ticks between two kept ones, the later ones move on.
    for index in 1..<max(1, ticks.count) where ticks[index] <= ticks[index - 1] {
      ticks[index] = ticks[index - 1] + 1
    }
    return ticks
  }

  /// The longest row of frames whose times rise, by their numbers.
  private static func longestRising(_ raw: [Int64?]) -> [Int] {
    // The frames that end the shortest-ended rows of each length, by patience sorting.
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: raw.count)
    for (index, time) in raw.enumerated() {
      guard let time else { continue }
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if (raw[ends[middle]] ?? .min) < time { low = middle + 1 } else { high = middle }
      }
      // Of two frames of one time the first keeps it.
      if low < ends.count, raw[ends[low]] == time { continue }
      if low > 0 { before[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var row: [Int] = []
    var place = ends.last ?? -1
    while place >= 0 {
      row.append(place)
      place = before[place]
    }
    return row.reversed()
  }
}
