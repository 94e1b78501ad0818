import Synchronization

/// Makes time-ordered ids, each greater than all it made before.
///
/// Ids that ascend keep a database's index compact and let a list be paged by id. Within one
/// millisecond a counter orders them; when the wall clock is set back, the maker stays at the
/// latest time it has seen until the clock has caught up.
package final class IDMaker: Sendable {
  private struct Last {
    var millisecond: Int64 = .min
    var sequence: UInt16 = 0
  }

  private let time: any TimeSource
  private let random: any RandomSource
  private let last = Mutex(Last())

  /// A maker with its own order.
  package init(time: any TimeSource, random: any RandomSource) {
    self.time = time
    self.random = random
  }

  /// A new id of the sort that is asked for.
  package func make<Tag: IDTag>(_ sort: ID<Tag>.Type = ID<Tag>.self) -> ID<Tag> { ID(uuid()) }

  /// A new id without a sort.
  package func uuid() -> UUID {
    let now = time.now.microseconds / 1_000
    // The count begins at a random place in the lower half, so that it cannot be guessed and there
    // are at least 2,048 ids before it borrows from the next millisecond (RFC 9562, 6.2, method 1).
    let start = UInt16(truncatingIfNeeded: random.next()) & 0x7FF
    let place = last.withLock { last in
      if now > last.millisecond {
        last = Last(millisecond: now, sequence: start)
      } else if last.sequence < 0xFFF {
        last.sequence += 1
      } else {
        last = Last(millisecond: last.millisecond + 1, sequence: start)
      }
      return last
    }
    return UUID.timeOrdered(
      at: Timestamp(microseconds: place.millisecond * 1_000), sequence: place.sequence,
      using: random)
  }
}
