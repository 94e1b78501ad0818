/// What stands at the beginning of a piece of AV1: everything that all its frames share.
///
/// Pieces can be joined where theirs are the same, byte for byte (AV1 specification, 7.5).
struct SequenceHeader: Hashable {
  let bytes: [UInt8]

  /// Looks for it in one packet; nil where there is none.
  init?(in packet: borrowing Span<UInt8>) {
    var place = 0
    while place < packet.count {
      let head = packet[place]
      let (type, hasExtension, hasSize) = (head >> 3 & 15, head & 4 != 0, head & 2 != 0)
      var start = place + (hasExtension ? 2 : 1)
      var size = packet.count - start
      if hasSize {
        guard let told = Self.number(packet, &start) else { return nil }
        size = told
      }
      guard size >= 0, start + size <= packet.count else { return nil }
      if type == 1 {
        bytes = (start..<start + size).map { packet[$0] }
        return
      }
      place = start + size
    }
    return nil
  }

  /// A number in groups of seven bits, the lowest first.
  private static func number(_ bytes: borrowing Span<UInt8>, _ place: inout Int) -> Int? {
    var value = 0
    for group in 0..<8 {
      guard place < bytes.count else { return nil }
      let byte = bytes[place]
      place += 1
      value |= Int(byte & 0x7F) << (group * 7)
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }
}
