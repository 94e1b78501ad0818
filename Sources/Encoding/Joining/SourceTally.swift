import Media

/// What of one source stream went into the output, counted while it was read.
package struct SourceTally: Sendable, Hashable {
  /// How many packets, of those that hold something.
  package var packets = 0
  /// Of their bytes, in order.
  package var digest = ByteDigest()
  /// When the first begins and the last ends, in seconds of the output.
  package var span: Span?
  /// Packets that could not be decoded.
  package var damagedPackets = 0

  /// A stretch of time in seconds.
  package struct Span: Sendable, Hashable {
    package var start: Double
    package var end: Double

    /// How long it is.
    package var length: Double { end - start }
  }

  /// Takes a packet's times and bytes.
  mutating func take(_ packet: borrowing Packet, codec: String, timebase: Rational) {
    // MP4 has texts of nothing where nothing is shown: two bytes of length.
    guard packet.size > (codec == "mov_text" ? 2 : 0) else { return }
    packets += 1
    digest.take(packet.bytes)
    guard let ticks = packet.presentationTicks else { return }
    let start = MediaTime(ticks: ticks, timebase: timebase).seconds
    let length = max(0, packet.durationTicks)
    let end = MediaTime(ticks: ticks + length, timebase: timebase).seconds
    span = Span(start: min(span?.start ?? start, start), end: max(span?.end ?? end, end))
  }
}

/// A number that tells bytes from others (FNV-1a); not against those who want two to be the same.
package struct ByteDigest: Sendable, Hashable, CustomStringConvertible {
  private var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Of no bytes.
  package init() {}

  /// In sixteen digits.
  package var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Takes more bytes.
  package mutating func take(_ bytes: borrowing Span<UInt8>) {
    var value = value
    for index in bytes.indices { value = (value ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
    self.value = value
  }
}
