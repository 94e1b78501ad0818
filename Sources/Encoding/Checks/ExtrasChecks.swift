import Foundations
import Media

/// Chapters, files inside, cover pictures, texts and dispositions.
struct ExtrasChecks {
  private let joined: JoinedFilm
  private let content: OutputContent

  init(_ joined: JoinedFilm, _ content: OutputContent) {
    self.joined = joined
    self.content = content
  }

  var all: [OutputCheck] { [chapters, attachments, covers, tags, dispositions] }

  private var chapters: OutputCheck {
    func words(_ chapters: [Chapter], _ shift: TimeShift) -> [String] {
      chapters.map { chapter in
        let (start, end) = (shift.moved(chapter.start), shift.moved(chapter.end))
        return "\(CheckWords.seconds(start.seconds))–\(CheckWords.seconds(end.seconds))"
          + (chapter.title.map { " \($0)" } ?? "")
      }
    }
    return Self.list(
      "chapters", "chapter", words(joined.plan.chapters, joined.shift),
      words(content.chapters, .none))
  }

  private var attachments: OutputCheck {
    func words(_ stream: StreamDescription) -> String {
      let header = stream.parameters.header
      return "\(stream.tags["filename"] ?? "no name") (\(HumanText.bytes(Int64(header.count)))"
        + " \(Self.mark(header)))"
    }
    return Self.list(
      "attachments", "file", joined.plan.tracks(of: .attachment).map { words($0.source) },
      content.streams(of: .attachment).map(words))
  }

  private var covers: OutputCheck {
    func words(_ stream: StreamDescription) -> String {
      let picture = stream.parameters.attachedPicture ?? []
      return "\(stream.codec) (\(HumanText.bytes(Int64(picture.count))) \(Self.mark(picture)))"
    }
    return Self.list(
      "covers", "picture", joined.plan.covers.map { words($0.source) }, content.covers.map(words))
  }

  private static func mark(_ bytes: [UInt8]) -> String {
    var digest = ByteDigest()
    digest.take(bytes.span)
    return digest.description
  }

  private var tags: OutputCheck {
    var missing: [String] = []
    var count = 0
    func compare(_ wanted: Tags, _ have: Tags, _ owner: String) {
      for tag in wanted.entries {
        count += 1
        if !have.entries.contains(where: { joined.plan.container.keeps(tag, as: $0) }) {
          missing.append("\(tag.name) of \(owner)")
        }
      }
    }
    compare(joined.plan.tags, content.tags, "the file")
    for pair in pairs { compare(wanted(pair.planned), have(pair.found), pair.planned.description) }
    let words = HumanText.count(count, "text")
    return OutputCheck(
      "tags", expected: words,
      found: missing.isEmpty ? words : "without \(missing.joined(separator: ", "))")
  }

  /// Every planned track that was found.
  private var pairs: [(planned: PlannedTrack, found: StreamDescription)] {
    [.video, .audio, .subtitle].flatMap { content.pairs(joined, of: $0) }
  }

  private func wanted(_ track: PlannedTrack) -> Tags {
    var tags = StreamSettings(like: track.source).tags
    // "und" says that no language is told, as its absence does.
    tags.entries.removeAll { tag in
      !joined.plan.container.holds(streamTag: tag.name)
        || tag.name.lowercased() == "language" && tag.value == "und"
    }
    return tags
  }

  private func have(_ stream: StreamDescription) -> Tags {
    var tags = stream.tags
    // The only place for a title that libav reads back out of MP4.
    if tags["title"] == nil, let name = tags["handler_name"] {
      tags.entries.append(Tags.Entry(name: "title", value: name))
    }
    return tags
  }

  private var dispositions: OutputCheck {
    let held = joined.plan.container.dispositions
    let pairs = self.pairs
    func isMarked(_ kind: StreamKind) -> Bool {
      pairs.contains { $0.planned.source.kind == kind && $0.planned.isStandard }
    }
    func words(_ disposition: Disposition, _ track: PlannedTrack) -> String {
      var kept = disposition.intersection(held)
      // MP4 knows tracks that play and others; where none of a kind is marked, one plays still.
      if joined.plan.container == .mp4, !isMarked(track.source.kind) { kept.remove(.standard) }
      return kept.names.isEmpty ? "none" : kept.names.joined(separator: "+")
    }
    return OutputCheck(
      "dispositions",
      expected: pairs.map { words($0.planned.source.disposition, $0.planned) }
        .joined(separator: ", "),
      found: pairs.map { words($0.found.disposition, $0.planned) }.joined(separator: ", "))
  }

  /// Compares two lists; the line tells how many there are, or the first that differs.
  private static func list(
    _ name: String, _ noun: String, _ wanted: [String], _ found: [String]
  ) -> OutputCheck {
    let place = (0..<max(wanted.count, found.count)).first { index in
      index >= wanted.count || index >= found.count || wanted[index] != found[index]
    }
    let (meant, have) = (HumanText.count(wanted.count, noun), HumanText.count(found.count, noun))
    guard let place else { return OutputCheck(name, expected: meant, found: have) }
    func detail(_ list: [String]) -> String { place < list.count ? ", \(list[place])" : "" }
    return OutputCheck(
      name, expected: meant + detail(wanted), found: have + detail(found), isOK: false)
  }
}

extension PlannedTrack {
  fileprivate var isStandard: Bool { source.disposition.contains(.standard) }
}
