/// A stretch of a film that is encoded by itself.
package struct Segment: Sendable, Hashable {
  /// Its place among the film's segments, from 0.
  package let index: Int
  /// Its frames by number.
  package let frames: Range<Int>

  /// A segment.
  package init(index: Int, frames: Range<Int>) {
    self.index = index
    self.frames = frames
  }
}
