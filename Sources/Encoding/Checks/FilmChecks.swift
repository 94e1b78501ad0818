import Foundations
import Media

/// The film itself: what it is made of, how many frames, when each is shown, its colours.
struct FilmChecks {
  private let joined: JoinedFilm
  private let source: VideoDescription?
  private let sourceColour: Colour
  private let content: OutputContent
  private let limits: OutputLimits

  init(_ joined: JoinedFilm, _ film: Film, _ content: OutputContent, _ limits: OutputLimits) {
    self.joined = joined
    source = film.video.video
    sourceColour = film.encodedColour
    self.content = content
    self.limits = limits
  }

  private var found: VideoDescription? { content.film?.video }

  var all: [OutputCheck] {
    [codec, films, bitDepth, size, frames, times, duration, colour, hdr, display]
  }

  private var codec: OutputCheck {
    OutputCheck("codec", expected: "av1", found: content.film?.codec ?? "none")
  }

  /// The other films of the file, which are copied, and no more of them.
  private var films: OutputCheck {
    func words(_ others: [String]) -> String { (["the film"] + others).joined(separator: ", ") }
    return OutputCheck(
      "films", expected: words(joined.plan.tracks(of: .video).dropFirst().map(\.codec)),
      found: words(content.streams(of: .video).dropFirst().map(\.codec)))
  }

  private var bitDepth: OutputCheck {
    OutputCheck(
      "bit_depth", expected: "\(limits.bitDepth)",
      found: found?.bitDepth.map { "\($0)" } ?? "unknown")
  }

  private var size: OutputCheck {
    OutputCheck(
      "size", expected: "\(joined.width)x\(joined.height)",
      found: found.map { "\($0.width)x\($0.height)" } ?? "none")
  }

  private var frames: OutputCheck {
    OutputCheck(
      "frames", expected: "\(joined.table.count)", found: "\(content.filmCount.tally.packets)")
  }

  /// Every frame that is there, against the time it is to have; how many there are is told apart.
  private var times: OutputCheck {
    let expected = "rising, equal to the source's"
    guard let timebase = content.film?.timebase else {
      return OutputCheck("frame_times", expected: expected, found: "none", isOK: false)
    }
    let found = content.filmCount.ticks
    for (index, ticks) in found.enumerated() {
      if index > 0, ticks <= found[index - 1] {
        return OutputCheck(
          "frame_times", expected: expected, found: "frame \(index) is not after the one before",
          isOK: false)
      }
      guard index < joined.table.count else { break }
      let meant = time(of: index)
      guard meant.rescaled(to: timebase).ticks != ticks else { continue }
      let shown = MediaTime(ticks: ticks, timebase: timebase).seconds
      return OutputCheck(
        "frame_times", expected: expected,
        found: "frame \(index) at \(CheckWords.seconds(shown)), not"
          + " \(CheckWords.seconds(meant.seconds))", isOK: false)
    }
    return OutputCheck("frame_times", expected: expected, found: expected)
  }

  private func time(of frame: Int) -> MediaTime {
    MediaTime(ticks: joined.table.ticks[frame], timebase: joined.table.timebase)
  }

  /// What the container tells of the whole, which is what players show.
  private var duration: OutputCheck {
    let table = joined.table
    let film = MediaTime(
      ticks: (table.ticks.last ?? 0) + table.lastDuration, timebase: table.timebase)
    let others = joined.tallies.values.compactMap { $0.span?.end }
    let expected = max(film.seconds, others.max() ?? 0)
    let frame = MediaTime(ticks: table.lastDuration, timebase: table.timebase).seconds
    // Sound is written in whole packets, of which the last may say more than it holds.
    let packet = expected > film.seconds ? 0.065 : 0
    let found = content.durationSeconds
    return OutputCheck(
      "duration", expected: CheckWords.seconds(expected), found: CheckWords.seconds(found),
      isOK: found.map { abs($0 - expected) <= max(frame, packet) + 0.001 } ?? false)
  }

  private var colour: OutputCheck {
    func words(_ colour: Colour?) -> [String?] {
      [colour?.matrixName, colour?.primariesName, colour?.transferName, colour?.rangeName]
    }
    let wanted = words(sourceColour)
    // What the source does not say, the output may say or not.
    let have = zip(wanted, words(found?.colour)).map { $0 == nil ? nil : $1 }
    func text(_ words: [String?]) -> String {
      words.map { $0 ?? "unspecified" }.joined(separator: "/")
    }
    return OutputCheck("colour", expected: text(wanted), found: text(have))
  }

  private var hdr: OutputCheck {
    let (meant, have) = (HDRWords(source), HDRWords(found))
    return OutputCheck(
      "hdr", expected: meant.text, found: have.text, isOK: meant.isClose(to: have))
  }

  private var display: OutputCheck {
    func words(_ aspect: Rational?, _ orientation: Orientation?) -> String {
      let orientation = orientation ?? .upright
      let mirrored = orientation.isMirrored ? ", mirrored" : ""
      return "pixels of \((aspect ?? Rational(1, 1)).reduced.ratio), turned by"
        + " \(orientation.rotation) degrees\(mirrored)"
    }
    return OutputCheck(
      "display", expected: words(joined.display.sampleAspect, joined.display.orientation),
      found: words(found?.sampleAspect, found?.orientation))
  }
}
