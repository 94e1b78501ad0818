import Foundations
import Hashing
import Media

/// What the packets of a film's video say without being decoded: which content it is, and when its
/// frames are shown.
struct PacketPass {
  /// Names the content: the SHA-256 of the packets' bytes, one after the other.
  let key: String
  private let timebase: Rational
  private var shown: [Int64] = []
  private var places: [Int64: Int64] = [:]
  private var lastDuration: Int64 = 0
  private var isTimed = true

  init(_ film: Film, stop: StopFlag) throws {
    let demuxer = try Demuxer.open(.file(film.path), stop: stop)
    let video = film.video.index
    demuxer.select(streams: [video])
    let hash = SHA256()
    hash.update(Array("\(film.video.codec) ".utf8).span)
    let packet = try Packet()
    var latest = Int64.min
    timebase = film.video.timebase
    while (try? demuxer.read(into: packet)) == true {
      guard packet.streamIndex == video else { continue }
      hash.update(packet.bytes)
      guard let ticks = packet.presentationTicks else {
        isTimed = false
        continue
      }
      shown.append(ticks)
      if packet.isKeyFrame { places[ticks] = min(ticks, packet.decodingTicks ?? ticks) }
      if ticks > latest { (latest, lastDuration) = (ticks, packet.durationTicks) }
    }
    try stop.check()
    key = "\(hash.finish())"
    shown.sort()
  }

  /// The table of this container for frames that were analysed in another; nil where packets are
  /// not frames one by one, or leave out a time.
  func table(like other: FrameTable) -> FrameTable? {
    guard isTimed, shown.count == other.count, let first = shown.first else { return nil }
    guard zip(shown, shown.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    let entries = other.entries.compactMap { entry -> FrameTable.Entry? in
      guard entry.frame < shown.count else { return nil }
      if entry.frame == 0 {
        return FrameTable.Entry(frame: 0, ticks: places[first] ?? first)
      }
      return places[shown[entry.frame]].map { FrameTable.Entry(frame: entry.frame, ticks: $0) }
    }
    let gaps = zip(shown.dropFirst(), shown).map { $0 - $1 }.sorted()
    let usual = gaps.isEmpty ? lastDuration : gaps[gaps.count / 2]
    return FrameTable(
      timebase: timebase, ticks: shown,
      lastDuration: max(1, lastDuration > 0 ? lastDuration : usual),
      entries: entries)
  }
}
