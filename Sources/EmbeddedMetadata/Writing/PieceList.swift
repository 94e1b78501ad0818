/// The stretches of a new file, put together along the old one.
struct PieceList {
  private(set) var pieces: [Piece] = []
  /// Where in the old file the next stretch begins.
  private(set) var place: Int64

  /// A new file that goes on at a place of the old one.
  init(from place: Int64 = 0) { self.place = place }

  /// Copies up to a place.
  mutating func keep(to end: Int64) {
    if place < end { pieces.append(.kept(place..<end)) }
    place = max(place, end)
  }

  /// Copies up to a range, and goes on behind it.
  mutating func leaveOut(_ range: Range<Int64>) {
    keep(to: range.lowerBound)
    place = max(place, range.upperBound)
  }

  /// Puts new bytes in.
  mutating func insert(_ bytes: [UInt8]) { pieces.append(.made(bytes)) }

  /// Puts as many new bytes in the place of old ones.
  mutating func replace(_ range: Range<Int64>, with bytes: [UInt8]) {
    leaveOut(range)
    insert(bytes)
  }
}
