/// Bare frames of MPEG audio: eleven bits that noise has often, so that one frame tells nothing and
/// a second one right behind it has to agree.
enum FrameSigns {
  static func type(of head: Head) -> ContentType? {
    if isADTS(head, at: 0) { return .aac }
    return isMP3(head) ? .mp3 : nil
  }

  /// Whether frames of AAC stand at a place.
  static func isADTS(_ head: Head, at place: Int) -> Bool {
    guard let length = adtsLength(head, place) else { return false }
    if head.isWhole, place + length == head.bytes.count { return true }
    return adtsLength(head, place + length) != nil
  }

  private static func adtsLength(_ head: Head, _ place: Int) -> Int? {
    guard head[place] == 0xFF, let second = head[place + 1], second & 0xF6 == 0xF0,
      let third = head[place + 2], third >> 2 & 15 < 13,
      let number = head.big(4, at: place + 3)
    else { return nil }
    let length = Int(number >> 13 & 0x1FFF)
    return length > 7 ? length : nil
  }

  private static func isMP3(_ head: Head) -> Bool {
    var place = 0
    for _ in 0..<2 {
      guard let length = mp3Length(head, place) else { return false }
      place += length
      if head.isWhole, place == head.bytes.count { return true }
    }
    // Behind two frames comes a third, unless the head ends.
    return place >= head.bytes.count - 4 ? !head.isWhole : mp3Length(head, place) != nil
  }

  /// The bits a frame of layer III has, by its header; nil where there is none.
  private static func mp3Length(_ head: Head, _ place: Int) -> Int? {
    guard head[place] == 0xFF, let second = head[place + 1], second & 0xE6 == 0xE2,
      let third = head[place + 2]
    else { return nil }
    let version = Int(second >> 3 & 3)
    let (rate, frequency) = (Int(third >> 4), Int(third >> 2 & 3))
    guard version != 1, (1...14).contains(rate), frequency < 3 else { return nil }
    let isFirst = version == 3
    let kilobits =
      isFirst
      ? [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
      : [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
    let hertz = [44_100, 48_000, 32_000][frequency] / (isFirst ? 1 : version == 2 ? 2 : 4)
    let padding = Int(third >> 1 & 1)
    return (isFirst ? 144 : 72) * kilobits[rate - 1] * 1_000 / hertz + padding
  }
}
