package import Media

/// When each frame of a film is shown, in the order they are shown.
///
/// Whatever cuts, encodes or compares a film counts frames, and asks here for their times: so a
/// varying rate stays as it was.
package struct FrameTable: Sendable, Hashable {
  /// What the ticks count in.
  package var timebase: Rational
  /// When each frame is shown; each later than the one before.
  package var ticks: [Int64]
  /// How long the last frame stays.
  package var lastDuration: Int64
  /// Frames that decoding can begin with, by number, with the times to seek to; the first among them.
  package var entries: [Entry]

  /// A frame that decoding can begin with.
  package struct Entry: Sendable, Hashable {
    package let frame: Int
    package let ticks: Int64

    /// A frame by its number and time.
    package init(frame: Int, ticks: Int64) {
      self.frame = frame
      self.ticks = ticks
    }
  }

  /// A table by its parts.
  package init(timebase: Rational, ticks: [Int64], lastDuration: Int64, entries: [Entry]) {
    self.timebase = timebase
    self.ticks = ticks
    self.lastDuration = lastDuration
    self.entries = entries
  }

  /// How many frames there are.
  package var count: Int { ticks.count }
}
