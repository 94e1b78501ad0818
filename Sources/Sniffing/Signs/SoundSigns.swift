/// Sounds that begin with a sign of their own.
enum SoundSigns {
  static func type(of head: Head) -> ContentType? {
    if head.has("RIFF"), head.has("WAVE", at: 8) { return .wav }
    if head.has("RF64") || head.has("BW64"), head.has("WAVE", at: 8) { return .rf64 }
    if head.has("FORM"), head.has("AIFF", at: 8) || head.has("AIFC", at: 8) { return .aiff }
    if head.has("fLaC") { return .flac }
    if head.has("OggS") { return ogg(head) }
    if head.has("MThd"), head.big(4, at: 4) == 6 { return .midi }
    if head.has("RIFF"), head.has("RMID", at: 8) { return .midi }
    return head.has("ID3") ? behindID3(head) : nil
  }

  /// What is in an Ogg file, by the first packets of its streams; a film's stream decides.
  private static func ogg(_ head: Head) -> ContentType? {
    // Too little to tell a film from a sound.
    guard let count = head[26], head.bytes.count >= 27 + Int(count) + 8 else { return nil }
    var types: [ContentType] = []
    var page = 0
    // First pages come before all others and say so.
    while head.has("OggS", at: page), let flags = head[page + 5], flags & 2 != 0,
      let count = head[page + 26].map(Int.init)
    {
      let packet = page + 27 + count
      if head.has("\u{1}vorbis", at: packet) { types.append(.vorbis) }
      if head.has("OpusHead", at: packet) { types.append(.opus) }
      if head.has([0x80] + Array("theora".utf8), at: packet) { return .oggVideo }
      if head.has("BBCD\0", at: packet) { return .oggVideo }
      let length = (0..<count).reduce(0) { $0 + Int(head[page + 27 + $1] ?? 0) }
      page = packet + length
    }
    return types.first ?? .oggAudio
  }

  /// MP3 most of the time; but tags stand before other sounds, too.
  private static func behindID3(_ head: Head) -> ContentType? {
    guard let major = head[3], (2...4).contains(major) else { return nil }
    var length = 0
    for place in 6..<10 {
      guard let byte = head[place] else { return .mp3 }
      // Each byte of the length has seven bits.
      guard byte < 0x80 else { return nil }
      length = length << 7 | Int(byte)
    }
    let end = 10 + length + ((head[5] ?? 0) & 0x10 == 0 ? 0 : 10)
    if head.has("fLaC", at: end) { return .flac }
    return FrameSigns.isADTS(head, at: end) ? .aac : .mp3
  }
}
