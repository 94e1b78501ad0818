import Encoding
import Engine
import Foundations
import Media

/// What is in a file and what it becomes, as people and programs read it.
struct ExtractText {
  private let plan: ExtractionPlan
  private let path: FilePath
  private let terminal: Terminal

  init(_ plan: ExtractionPlan, _ path: FilePath, _ terminal: Terminal) {
    self.plan = plan
    self.path = path
    self.terminal = terminal
  }

  var json: [JSONValue] {
    plan.parts.map { part in
      var object = Self.object(part)
      object["file"] = .string(part.path.filePath.text)
      return .object(object)
    }
      + plan.left.map { stream in
        [
          "kind": .string(stream.kind.rawValue), "stream": .int(stream.index),
          "codec": .string(stream.codec), "file": .null,
        ]
      }
  }

  /// A part that was taken out.
  static func json(_ taken: Extraction.Taken) -> JSONValue {
    var object = object(taken.part)
    object["path"] = .string(taken.path.text)
    object["packets"] = .int(taken.packets)
    object["size_bytes"] = .int(taken.sizeBytes)
    if let failure = taken.failure { object["error"] = failure.json }
    return .object(object)
  }

  private static func object(_ part: ExtractedPart) -> JSONObject {
    [
      "kind": .string(part.kind.rawValue), "stream": .int(orNull: part.stream?.index),
      "codec": .string(orNull: part.kind == .attachment ? nil : part.stream?.codec),
      "language": .string(orNull: part.stream?.language),
      "title": .string(orNull: part.stream?.title),
      "start_seconds": part.startSeconds.map { .double($0) } ?? .null,
      "keeps_start": .bool(part.keepsStart),
    ]
  }

  var lines: [StyledText] {
    guard !plan.parts.isEmpty || !plan.left.isEmpty else {
      return [StyledText("there is nothing to take out of \(path)", .quiet)]
    }
    var table = TextTable([
      .init("what"), .init("codec"), .init("language"),
      .init("title", minimum: 6, shrinkOrder: 1),
      .init("file", minimum: 20, shrinkOrder: 2, clipping: .middle),
    ])
    for part in plan.parts {
      let stream = part.stream
      table.add([
        StyledText(part.kind.rawValue, .accent),
        StyledText(part.kind == .attachment ? "" : stream?.codec ?? ""),
        StyledText(stream?.language ?? ""), StyledText(stream?.title ?? ""),
        "\(part.path.filePath, .strong)",
      ])
    }
    for stream in plan.left {
      table.add([
        StyledText(stream.kind.rawValue, .quiet), StyledText(stream.codec, .quiet), "", "",
        StyledText("no file of its own kind", .quiet),
      ])
    }
    return table.lines(for: terminal)
  }

  /// What to do next.
  var invitation: StyledText {
    StyledText(
      "Nothing was written: choose by --all, --video, --audio-tracks, …",
      .quiet)
  }

  /// What was taken out.
  static func lines(_ outcome: Extraction.Outcome, _ terminal: Terminal) -> [StyledText] {
    guard !outcome.taken.isEmpty else { return [] }
    var table = TextTable([
      .init("file", minimum: 20, shrinkOrder: 1, clipping: .middle), .init("what"),
      .init("codec"), .init("size", .trailing),
    ])
    for taken in outcome.taken {
      let part = taken.part
      table.add([
        "\(taken.path, .strong)", StyledText(part.kind.rawValue, .accent),
        StyledText(part.kind == .attachment ? "" : part.stream?.codec ?? ""),
        taken.failure == nil
          ? StyledText(HumanText.bytes(taken.sizeBytes)) : StyledText("failed", .bad),
      ])
    }
    return table.lines(for: terminal)
  }
}
