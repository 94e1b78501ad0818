import Foundations
import Media

/// Every subtitle track: what it is, and whether all of it is there, at its times.
struct SubtitleChecks {
  /// Containers count times in ticks of their own; a millisecond or two is their rounding.
  private static let toleratedTime = 0.01

  private let joined: JoinedFilm
  private let content: OutputContent
  private let sourceIsMatroska: Bool

  init(_ joined: JoinedFilm, _ film: Film, _ content: OutputContent) {
    self.joined = joined
    self.content = content
    sourceIsMatroska = film.format.contains("matroska")
  }

  var all: [OutputCheck] {
    let planned = joined.plan.tracks(of: .subtitle)
    let found = content.streams(of: .subtitle)
    return (0..<max(planned.count, found.count)).map { index in
      check(
        "subtitle_\(index + 1)", index < planned.count ? planned[index] : nil,
        index < found.count ? found[index] : nil)
    }
  }

  private func check(
    _ name: String, _ planned: PlannedTrack?, _ found: StreamDescription?
  ) -> OutputCheck {
    let meant = planned.flatMap { joined.tallies[$0.source.index] }
    let have = found.flatMap { content.counts[$0.index]?.tally } ?? SourceTally()
    let expected = planned.map { words($0.codec, meant ?? SourceTally()) } ?? "nothing"
    guard let found else { return OutputCheck(name, expected: expected, found: "nothing") }
    let text = words(found.codec, have)
    guard let planned, let meant else {
      return OutputCheck(name, expected: expected, found: text, isOK: false)
    }
    let isChanged = isWhole(planned) && have.digest != meant.digest
    return OutputCheck(
      name, expected: expected, found: text + (isChanged ? ", other words" : ""),
      isOK: found.codec == planned.codec && !isChanged && agree(meant, have, planned))
  }

  private func words(_ codec: String, _ tally: SourceTally) -> String {
    let span = tally.span.map {
      ", \(CheckWords.seconds($0.start)) to \(CheckWords.seconds($0.end))"
    }
    return "\(codec), \(HumanText.count(tally.packets, "piece"))\(span ?? "")"
  }

  /// Whether packets stay as they are on the way: pictures out of broadcasts are put together from
  /// parts first.
  private func isWhole(_ track: PlannedTrack) -> Bool {
    let isPicture = ["hdmv_pgs_subtitle", "dvb_subtitle", "dvb_teletext"].contains(track.codec)
    return sourceIsMatroska || !isPicture
  }

  private func agree(_ left: SourceTally, _ right: SourceTally, _ track: PlannedTrack) -> Bool {
    guard isWhole(track) else { return (left.packets > 0) == (right.packets > 0) }
    guard left.packets == right.packets else { return false }
    guard let (first, second) = left.span.flatMap({ span in right.span.map { (span, $0) } }) else {
      return left.span == right.span
    }
    return abs(first.start - second.start) <= Self.toleratedTime
      && abs(first.end - second.end) <= Self.toleratedTime
  }
}
