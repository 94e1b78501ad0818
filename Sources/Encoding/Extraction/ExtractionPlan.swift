package import Foundations
package import Media

/// What is taken out of a file: decided from its streams, before anything is written.
package struct ExtractionPlan: Sendable {
  package let parts: [ExtractedPart]
  /// Streams that no file of their own can hold.
  package let left: [StreamDescription]

  /// The plan for what was chosen; refuses tracks that are not there.
  package static func make(
    for report: MediaReport, named path: FilePath, _ choices: ExtractionChoices
  ) throws(EncodingFailure) -> ExtractionPlan {
    var maker = ExtractionPlanMaker(path)
    try maker.add(report, choices)
    return ExtractionPlan(parts: maker.parts, left: maker.left)
  }
}

/// Goes through a file's streams and gives each its file.
private struct ExtractionPlanMaker {
  /// Room for what comes behind it, in a name of 255 bytes.
  private static let longestStem = 160

  private let stem: String
  private var taken: Set<String> = []
  var parts: [ExtractedPart] = []
  var left: [StreamDescription] = []

  init(_ path: FilePath) {
    stem = SafeName.from(untrusted: path.stem, limit: Self.longestStem).text
  }

  mutating func add(
    _ report: MediaReport, _ choices: ExtractionChoices
  ) throws(EncodingFailure) {
    func tracks(_ kind: StreamKind) -> [StreamDescription] {
      report.streams.filter { $0.kind == kind }
    }
    let films = report.streams.filter(\.isFilm)
    if choices.films { add(films, of: films, .video) }
    let (sounds, texts) = (tracks(.audio), tracks(.subtitle))
    add(try choices.audioTracks.pick(from: sounds, kind: "audio"), of: sounds, .audio)
    add(try choices.subtitleTracks.pick(from: texts, kind: "subtitle"), of: texts, .subtitle)
    if choices.attachments {
      for stream in tracks(.attachment) { add(attachment: stream) }
    }
    if choices.covers {
      for stream in tracks(.video) where !stream.isFilm { add(cover: stream) }
    }
    if choices.chapters, !report.chapters.isEmpty {
      let text = ChapterText(report.chapters).text
      add(.chapters, nil, "\(stem).chapters.ffmetadata", .bytes(Array(text.utf8)))
    }
  }

  private mutating func add(
    _ streams: [StreamDescription], of all: [StreamDescription], _ kind: ExtractedPart.Kind
  ) {
    for stream in streams {
      guard let form = ExtractedForm.of(stream) else {
        left.append(stream)
        continue
      }
      var name = "\(stem).\(kind.rawValue)"
      if kind != .video || all.count > 1 {
        name += "-\((all.firstIndex { $0.index == stream.index } ?? 0) + 1)"
      }
      // Players know the languages of subtitles by their names.
      if let language = stream.language, language.utf8.allSatisfy(Self.isPlain),
        language.utf8.count <= 12
      {
        name += ".\(language)"
      }
      if stream.disposition.contains(.forced) { name += ".forced" }
      add(kind, stream, "\(name).\(form.suffix)", .packets(form))
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// In a folder of their own: their names are the film's, and must meet no file of the user's.
  private mutating func add(attachment stream: StreamDescription) {
    let bytes = stream.parameters.header
    let name = stream.tags["filename"] ?? "attachment-\(stream.index)"
    add(.attachment, stream, name, .bytes(bytes), in: "\(stem).attachments")
  }

  private mutating func add(cover stream: StreamDescription) {
    guard let bytes = stream.parameters.attachedPicture else { return left.append(stream) }
    let suffix = stream.codec == "mjpeg" ? "jpg" : stream.codec
    add(.cover, stream, "\(stem).cover.\(suffix)", .bytes(bytes))
  }

  private mutating func add(
    _ kind: ExtractedPart.Kind, _ stream: StreamDescription?, _ name: String,
    _ source: ExtractedPart.Source, in folder: String? = nil
  ) {
    let name = free(SafeName.from(untrusted: name), in: folder)
    var path = RelativePath(name.fileName)
    if let folder {
      path = RelativePath(SafeName.from(untrusted: folder).fileName).appending(name.fileName)
    }
    parts.append(ExtractedPart(kind: kind, stream: stream, path: path, source: source))
  }

  /// A name that no part has yet, whatever the case of its letters: "font (2).ttf".
  private mutating func free(_ name: SafeName, in folder: String?) -> SafeName {
    let path = FilePath(name.text)
    var candidate = name
    var number = 2
    while !taken.insert("\(folder ?? "")/\(candidate.text.lowercased())").inserted {
      let suffix = name.text.hasPrefix(path.stem + ".") ? name.text.dropFirst(path.stem.count) : ""
      let stem = SafeName.from(untrusted: path.stem, limit: 200).text
      candidate = SafeName.from(untrusted: "\(stem) (\(number))\(suffix)")
      number += 1
    }
    return candidate
  }
}
