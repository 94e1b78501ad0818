/// Keeps the last bytes of a stream, in bounded memory.
struct KeptOutput {
  private let limit: Int
  private var bytes: [UInt8] = []
  private var total = 0

  init(limit: Int) { self.limit = max(0, limit) }

  /// Whether more was written than is kept.
  var isOver: Bool { total > limit }

  mutating func append(_ piece: ArraySlice<UInt8>) {
    total += piece.count
    bytes += piece.suffix(limit)
    // Twice the limit before moving, so that a byte is moved once on average and not for each
    // piece.
    if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
  }

  var kept: KeptBytes { KeptBytes(bytes: bytes.suffix(limit), total: total) }
}
