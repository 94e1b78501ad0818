/// The ID3v2 tag before the sound, frame by frame.
struct ID3Tag {
  /// One frame: its name, and all of its bytes as they stand.
  struct Frame {
    let name: String
    let whole: [UInt8]
    var content: [UInt8] { Array(whole.dropFirst(10)) }
  }

  let version: UInt8
  private(set) var frames: [Frame]

  /// Where a tag that begins so ends; nil where none begins.
  static func end(_ start: [UInt8]) -> Int64? {
    guard start.has("ID3"), start.count >= 10, let size = safe(start, at: 6) else { return nil }
    // A footer repeats the head.
    let footer: Int64 = start[3] == 4 && start[5] & 0x10 != 0 ? 10 : 0
    return Int64(size) + 10 + footer
  }

  /// A tag without frames.
  init() {
    version = 4
    frames = []
  }

  /// The frames of a tag of version 3 or 4; nil of others, and where sizes contradict the tag.
  init?(_ tag: [UInt8]) {
    guard let size = Self.safe(tag, at: 6), tag.count >= 10, (3...4).contains(tag[3]),
      var content = tag.part(at: 10, count: size)
    else { return nil }
    version = tag[3]
    // In version 3 the whole tag is unsynchronised, in version 4 each frame by itself.
    if tag[5] & 0x80 != 0, version == 3 { content = Self.synchronised(content) }
    var place = 0
    if tag[5] & 0x40 != 0 {
      guard let size = version == 4 ? Self.safe(content, at: 0) : content.count(4, at: 0) else {
        return nil
      }
      place = version == 4 ? size : size + 4
    }
    frames = []
    while place + 10 <= content.count, content[place] != 0 {
      guard frames.count < MetadataLimits.parts,
        let size = version == 4
          ? Self.safe(content, at: place + 4) : content.count(4, at: place + 4),
        let whole = content.part(at: place, count: size + 10)
      else { return nil }
      frames.append(Frame(name: ForeignText.latin1(whole[..<4]), whole: whole))
      place += whole.count
    }
  }

  /// The tag's bytes, with a little room to grow.
  var bytes: [UInt8] {
    let content = frames.flatMap(\.whole) + [UInt8](repeating: 0, count: 1_024)
    return Array("ID3".utf8) + [version, 0, 0] + Self.safeBytes(content.count) + content
  }

  /// Our text, then comments.
  func texts() -> [FoundText] {
    var texts: [FoundText] = []
    for frame in frames.prefix(MetadataLimits.texts) {
      let isComment = frame.name == "COMM"
      guard isComment || frame.name == "TXXX",
        let (name, text) = Self.described(content(of: frame), language: isComment)
      else { continue }
      let isOurs = name.lowercased() == "wangp"
      let keyword = isComment || isOurs ? "comment" : name
      let found = FoundText(keyword, text, place: "mp3:\(frame.name) \(name)")
      texts.insert(found, at: isOurs ? 0 : texts.count)
    }
    return texts
  }

  /// A frame's content as it was before it was made safe for old decoders; empty where it is packed.
  private func content(of frame: Frame) -> [UInt8] {
    let flags = frame.whole[9]
    guard version == 4 else { return flags & 0xC0 == 0 ? frame.content : [] }
    guard flags & 0x0C == 0 else { return [] }
    let content = Array(frame.content.dropFirst(flags & 1 == 1 ? 4 : 0))
    return flags & 2 == 2 ? Self.synchronised(content) : content
  }

  /// Puts our text in the place of the old one, or takes out all that tells how the file was made.
  mutating func change(_ change: Change) {
    let version = version
    frames = frames.filter { !isReplaced($0, change) }
    guard let text = change.text else { return }
    // UTF-8 is for version 4 only; version 3 has UTF-16 with a mark.
    let coded = { (text: String) -> [UInt8] in
      version == 4 ? Array(text.utf8) : [0xFF, 0xFE] + ForeignText.utf16Bytes(text, .little)
    }
    let content =
      (version == 4 ? [3] : [1]) + coded("WanGP") + (version == 4 ? [0] : [0, 0]) + coded(text)
    let size = version == 4 ? Self.safeBytes(content.count) : [UInt8](content.count, width: 4)
    frames.append(Frame(name: "TXXX", whole: Array("TXXX".utf8) + size + [0, 0] + content))
  }

  private func isReplaced(_ frame: Frame, _ change: Change) -> Bool {
    let isComment = frame.name == "COMM"
    guard isComment || frame.name == "TXXX",
      let (name, text) = Self.described(content(of: frame), language: isComment)
    else { return false }
    if name.lowercased() == "wangp" { return true }
    guard change.text == nil else { return false }
    return isComment ? text.hasPrefix("{") : FoundText.isGeneration(name)
  }

  /// The description and the text of a frame that has both.
  private static func described(_ content: [UInt8], language: Bool) -> (String, String)? {
    guard let coding = content.first, coding <= 3 else { return nil }
    let start = language ? 4 : 1
    guard coding == 1 || coding == 2 else {
      guard let (name, next) = content.terminated(at: start) else { return nil }
      let text = content[next...].prefix { $0 != 0 }
      return (ForeignText.utf8OrLatin1(name), ForeignText.utf8OrLatin1(text))
    }
    var end = start
    while let unit = content.number(2, at: end), unit != 0 { end += 2 }
    guard end + 2 <= content.count else { return nil }
    let order: ByteOrder = coding == 2 ? .big : .little
    let text = ForeignText.utf16(content[(end + 2)...], order)
    return (ForeignText.utf16(content[start..<end], order), String(text.prefix { $0 != "\0" }))
  }

  private static func safe(_ bytes: [UInt8], at place: Int) -> Int? {
    guard let part = bytes.part(at: place, count: 4), part.allSatisfy({ $0 < 0x80 }) else {
      return nil
    }
    return part.reduce(0) { $0 << 7 | Int($1) }
  }

  private static func safeBytes(_ value: Int) -> [UInt8] {
    [21, 14, 7, 0].map { UInt8(truncatingIfNeeded: value >> $0 & 0x7F) }
  }

  private static func synchronised(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var isAfterOnes = false
    for byte in bytes {
      if !(isAfterOnes && byte == 0) { out.append(byte) }
      isAfterOnes = byte == 0xFF
    }
    return out
  }
}
