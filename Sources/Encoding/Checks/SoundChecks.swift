import Foundations
import Media

/// Every sound track: what it is, how long, and whether it begins when it should.
struct SoundChecks {
  /// Sound may be so much longer or shorter.
  private static let toleratedLength = 0.05
  /// And begin so much sooner or later against the film.
  private static let toleratedOffset = 0.003

  private let joined: JoinedFilm
  private let content: OutputContent

  init(_ joined: JoinedFilm, _ content: OutputContent) {
    self.joined = joined
    self.content = content
  }

  var all: [OutputCheck] {
    let planned = joined.plan.tracks(of: .audio)
    let found = content.streams(of: .audio)
    var checks = (0..<max(planned.count, found.count)).map { index in
      check(
        "audio_\(index + 1)", index < planned.count ? planned[index] : nil,
        index < found.count ? found[index] : nil)
    }
    if !planned.isEmpty { checks.append(offsets) }
    return checks
  }

  private func check(
    _ name: String, _ planned: PlannedTrack?, _ found: StreamDescription?
  ) -> OutputCheck {
    let (meant, length) = planned.map(expectation) ?? ("nothing", nil)
    guard let found else { return OutputCheck(name, expected: meant, found: "nothing") }
    let have = Self.words(found.codec, found.audio?.layout)
    let real = self.length(of: found, planned)
    let isLongEnough =
      length == real || abs((length ?? 0) - (real ?? 0)) <= Self.toleratedLength
    return OutputCheck(
      name, expected: meant + Self.suffix(length), found: have + Self.suffix(real),
      isOK: meant == have && isLongEnough)
  }

  private func expectation(_ track: PlannedTrack) -> (String, Double?) {
    let length = joined.tallies[track.source.index]?.span?.length
    guard case .sound(let target) = track.treatment else {
      return (Self.words(track.codec, track.source.audio?.layout), length)
    }
    return (Self.words(track.codec, target.form.layout), length)
  }

  private static func words(_ codec: String, _ layout: ChannelLayout?) -> String {
    guard let layout else { return codec }
    return "\(codec), \(HumanText.count(layout.channels, "channel")) (\(layout))"
  }

  private static func suffix(_ length: Double?) -> String {
    length.map { ", \(CheckWords.seconds($0))" } ?? ""
  }

  /// What was encoded is measured by its samples, what was copied by its packets.
  private func length(of stream: StreamDescription, _ planned: PlannedTrack?) -> Double? {
    guard let count = content.counts[stream.index] else { return nil }
    guard case .sound? = planned?.treatment, let rate = stream.audio?.sampleRate, rate > 0 else {
      return count.tally.span?.length
    }
    return count.samples == 0 ? nil : Double(count.samples) / Double(rate)
  }

  /// When each track begins against the first frame.
  private var offsets: OutputCheck {
    let table = joined.table
    let meantFilm = MediaTime(ticks: table.ticks.first ?? 0, timebase: table.timebase).seconds
    let realFilm = content.filmCount.tally.span?.start ?? 0
    var (meant, real): ([String], [String]) = ([], [])
    var isOK = true
    for (index, pair) in content.pairs(joined, of: .audio).enumerated() {
      let source = joined.tallies[pair.planned.source.index]?.span?.start
      let count = content.counts[pair.found.index]
      let start = count?.firstSample ?? count?.tally.span?.start
      guard let source, let start else { continue }
      let (wanted, have) = (source - meantFilm, start - realFilm)
      meant.append("audio_\(index + 1) \(CheckWords.seconds(wanted))")
      real.append("audio_\(index + 1) \(CheckWords.seconds(have))")
      if abs(wanted - have) > Self.toleratedOffset { isOK = false }
    }
    return OutputCheck(
      "start_offsets", expected: meant.joined(separator: ", "),
      found: real.joined(separator: ", "), isOK: isOK)
  }
}
