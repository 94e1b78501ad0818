/// Films that begin with a sign of their own, or repeat one.
enum FilmSigns {
  static func type(of head: Head) -> ContentType? {
    if head.has([0x1A, 0x45, 0xDF, 0xA3]) { return matroska(head) }
    if head.has("RIFF"), head.has("AVI ", at: 8) { return .avi }
    if head.has("FLV"), head[3] == 1, let flags = head[4], flags & 0xFA == 0 { return .flv }
    if head.has([0, 0, 1, 0xBA]), let next = head[4], next & 0xC0 == 0x40 || next & 0xF0 == 0x20 {
      return .mpegps
    }
    return isTransportStream(head) ? .mpegts : nil
  }

  /// Matroska or WebM, by the name that the header gives itself (DocType).
  private static func matroska(_ head: Head) -> ContentType {
    guard let place = head.place(of: "webm", before: 128) else { return .matroska }
    // The name stands behind its own sign (0x4282) and its length.
    let isDocType =
      head.has([0x42, 0x82], at: place - 3) || head.has([0x42, 0x82], at: place - 10)
    return isDocType ? .webm : .matroska
  }

  /// Packets of 188 bytes that begin with the same sign, or with a time of four bytes before it.
  private static func isTransportStream(_ head: Head) -> Bool {
    for (length, first) in [(188, 0), (192, 4), (204, 0)] where head[first] == 0x47 {
      let starts = Array(stride(from: first, to: head.bytes.count, by: length).prefix(16))
      let needed = head.isWhole ? 2 : 3
      if starts.count >= needed, starts.allSatisfy({ head[$0] == 0x47 }) { return true }
    }
    return false
  }
}
