import Media

extension FrameTable {
  /// The last place that decoding can begin with at or before a frame.
  package func entry(before frame: Int) -> Entry? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].frame <= frame { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? entries[low - 1] : nil
  }

  /// The first place that decoding can begin with after a frame.
  package func entry(after frame: Int) -> Entry? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].frame <= frame { low = middle + 1 } else { high = middle }
    }
    return low < entries.count ? entries[low] : nil
  }

  /// When a frame begins, in seconds from the first one's beginning.
  package func seconds(ofFrame frame: Int) -> Double {
    guard let first = ticks.first, let tick = timebase.double else { return 0 }
    let time = frame < count ? ticks[frame] : end
    return Double(time - first) * tick
  }

  /// When the last frame ends.
  package var end: Int64 { (ticks.last ?? 0) + lastDuration }
}
