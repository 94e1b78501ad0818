/// Tells which frame of a film each one is that comes out of a decoder.
///
/// From the film's beginning they are just counted. After a seek everything is passed over, and
/// leading pictures with it, whose references were not decoded, until the frame of the entry's time
/// comes: from there on they are counted too.
struct FrameCounter {
  /// What a frame is.
  enum Finding: Equatable {
    /// One before the place where counting begins.
    case early
    case frame(Int)
    /// The place where counting begins did not come: the seek went elsewhere.
    case lost
  }

  private var next: Int?
  private let entryFrame: Int
  private let entryTicks: Int64

  /// Counts from the film's first frame on.
  static let fromStart = FrameCounter(next: 0, entryFrame: 0, entryTicks: 0)

  /// Counts from a frame on that is known by its time.
  static func from(_ frame: Int, ticks: Int64) -> FrameCounter {
    FrameCounter(next: nil, entryFrame: frame, entryTicks: ticks)
  }

  /// Tells what the next frame is, by the time that the decoder tells.
  mutating func find(_ ticks: Int64?) -> Finding {
    if let number = next {
      next = number + 1
      return .frame(number)
    }
    guard let ticks, ticks >= entryTicks else { return .early }
    guard ticks == entryTicks else { return .lost }
    next = entryFrame + 1
    return .frame(entryFrame)
  }
}
