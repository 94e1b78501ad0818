import Media

/// Turns plain text subtitles from one container's kind into another's.
///
/// The words and times stay; what is bold or slanted is told in marks that only SubRip knows, and is
/// lost on the way into MP4 and out of it. So this is done only where it was asked for.
package struct SubtitleConversion: Sendable, Hashable {
  /// libav's name of what they become.
  package let codec: String
  private let takesLength: Bool
  private let putsLength: Bool

  /// The conversion that a container needs for a codec, nil where there is none.
  init?(from source: String, into container: OutputContainer) {
    switch (source, container) {
    case ("subrip", .mp4), ("text", .mp4), ("mov_text", .mkv):
      codec = container == .mp4 ? "mov_text" : "subrip"
      takesLength = source == "mov_text"
      putsLength = container == .mp4
    default: return nil
    }
  }

  /// What the muxer needs to know of the stream.
  func parameters(timebase: Rational) throws(MediaFailure) -> CodecParameters {
    try CodecParameters.subtitles(
      codec: codec, timebase: timebase, header: putsLength ? Self.sampleEntry : [])
  }

  /// The other kind's packet, at the same time; nil for one that only says that nothing is shown.
  func convert(_ packet: borrowing Packet) throws(MediaFailure) -> Packet? {
    let bytes = packet.bytes
    guard let text = convert(bytes.indices.map { bytes[$0] }) else { return nil }
    let turned = try Packet.make(text)
    turned.presentationTicks = packet.presentationTicks
    turned.decodingTicks = packet.decodingTicks
    turned.durationTicks = packet.durationTicks
    turned.isKeyFrame = true
    return turned
  }

  private func convert(_ bytes: [UInt8]) -> [UInt8]? {
    var text = bytes
    if takesLength {
      guard bytes.count >= 2 else { return nil }
      let length = Int(bytes[0]) << 8 | Int(bytes[1])
      text = Array(bytes.dropFirst(2).prefix(length))
    }
    guard !text.isEmpty else { return nil }
    guard putsLength else { return text }
    let plain = Array(Self.withoutMarks(text).prefix(Int(UInt16.max)))
    return [UInt8(plain.count >> 8), UInt8(plain.count & 0xFF)] + plain
  }

  /// Takes out SubRip's marks: `<i>`, `</font>` and the like.
  private static func withoutMarks(_ bytes: [UInt8]) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    var plain = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      plain += rest[..<open]
      let name = rest[open...].dropFirst().drop { $0 == "/" }.prefix { $0.isLetter }
      guard ["i", "b", "u", "s", "font"].contains(name.lowercased()),
        let close = rest[open...].firstIndex(of: ">")
      else {
        plain.append("<")
        rest = rest[rest.index(after: open)...]
        continue
      }
      rest = rest[rest.index(after: close)...]
    }
    return Array((plain + rest).utf8)
  }

  /// How MP4's text is shown where nothing says otherwise (3GPP TS 26.245, 5.16): white, at the
  /// bottom, in the only font of its table.
  private static let sampleEntry: [UInt8] =
    [0, 0, 0, 0, 1, 0xFF, 0, 0, 0, 0]
    + [0, 0, 0, 0, 0, 0, 0, 0]
    + [0, 0, 0, 0, 0, 1, 0, 18, 0xFF, 0xFF, 0xFF, 0xFF]
    + [0, 0, 0, 18] + Array("ftab".utf8) + [0, 1, 0, 1, 5] + Array("Serif".utf8)
}
