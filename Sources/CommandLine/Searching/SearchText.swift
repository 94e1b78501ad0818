import Encoding
import Engine
import FFmpegTool
import Foundations

/// What a search has found, as people and programs read it.
struct SearchText {
  private let answer: SearchFilm.Answer
  private let typed: ParsedArguments
  private let terminal: Terminal

  init(_ answer: SearchFilm.Answer, typed: ParsedArguments, _ terminal: Terminal) {
    self.answer = answer
    self.typed = typed
    self.terminal = terminal
  }

  private var found: CRFSearch.Found { answer.found }
  private var metric: String { answer.goal.metric.rawValue }

  var json: JSONValue {
    [
      "crf": .double(found.crf),
      "predicted_vmaf": answer.goal.metric == .vmaf ? .double(found.predictedQuality) : .null,
      "predicted_xpsnr": answer.goal.metric == .xpsnr ? .double(found.predictedQuality) : .null,
      "predicted_size_bytes": .int(found.predictedBytes),
      "probes": .array(found.trials.map(json)),
      "reachable": .bool(answer.isReachable), "target": .double(answer.goal.target),
      "metric": .string(metric), "path": .string(answer.film.path.text),
      "size_bytes": .int(answer.film.size), "encoder": .string(answer.encoder),
      "preset": .int(answer.settings.preset),
      "crop": answer.area.map {
        ["w": .int($0.width), "h": .int($0.height), "x": .int($0.x), "y": .int($0.y)]
      } ?? .null,
      "samples": [
        "segments": .int(answer.samples.segments), "frames": .int(answer.samples.frames),
        "of": .int(answer.samples.of),
      ],
      "warnings": .array(notes.map { .string($0) }),
    ]
  }

  private func json(_ trial: CRFSearch.Trial) -> JSONValue {
    [
      "crf": .double(trial.crf), metric: .double(trial.quality),
      "predicted_size_bytes": .int(trial.predictedBytes), "preset": .int(trial.preset),
      "reused": .bool(trial.isReused),
    ]
  }

  var lines: [StyledText] {
    var table = TextTable([
      .init("CRF", .trailing), .init(metric.uppercased(), .trailing), .init("size", .trailing),
      .init("preset", .trailing), .init(""),
    ])
    for trial in found.trials {
      let isChosen = !trial.isProbe && trial.crf == found.crf
      let style: TextStyle = trial.isProbe ? .quiet : isChosen ? .strong : .plain
      table.add([
        StyledText(Self.plain(trial.crf), style),
        StyledText(String(trial.quality, decimals: 2), style),
        StyledText(HumanText.bytes(trial.predictedBytes), style),
        StyledText("\(trial.preset)", style),
        StyledText(remark(trial, isChosen), isChosen ? .good : .quiet),
      ])
    }
    let sampled =
      "\(HumanText.count(answer.samples.frames)) of \(HumanText.count(answer.samples.of, "frame"))"
      + " in \(HumanText.count(answer.samples.segments, "segment"))"
    var lines: [StyledText] = [
      .dotted([
        "\(answer.film.path, .strong)", "\(metric) \(Self.plain(answer.goal.target))",
        StyledText(sampled),
      ]), "",
    ]
    lines += table.lines(for: terminal)
    lines += ["", verdict, "  \(command, .accent)"]
    return lines
  }

  private func remark(_ trial: CRFSearch.Trial, _ isChosen: Bool) -> String {
    let made = trial.isReused ? "known already" : trial.isProbe ? "quick look" : ""
    guard isChosen else { return made }
    return made.isEmpty ? "chosen" : "chosen, \(made)"
  }

  private var verdict: StyledText {
    let share =
      answer.film.size > 0
      ? ", \(HumanText.percent(Double(found.predictedBytes) / Double(answer.film.size))) of the file"
      : ""
    let quality = String(found.predictedQuality, decimals: 2)
    return
      "\("CRF \(Self.plain(found.crf))", .strong): \(metric) about \(quality), pictures about \(HumanText.bytes(found.predictedBytes))\(share)"
  }

  /// What to type next: this CRF, with what was typed here.
  private var command: String {
    var words = ["mediary", "encode", answer.film.path.description, "OUTPUT", "--crf"]
    words.append(Self.plain(found.crf))
    for given in typed.given
    where Self.carried.contains(given.name) && !(given.name == "film-grain-denoise") {
      words += ["--\(given.name)", given.text]
    }
    return words.map(Self.quoted).joined(separator: " ")
  }

  private static let carried: Set<String> = [
    "profile", "preset", "svt", "film-grain", "tune", "keyint", "pix-fmt", "crop", "workers",
  ]

  /// A word as a shell takes it.
  private static func quoted(_ word: String) -> String {
    let plain = word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "/.,:=_-+%@".unicodeScalars.contains($0)
    }
    return plain && !word.isEmpty
      ? word
      : "'"
        + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
  }

  /// What should be known beside the answer.
  var notes: [String] {
    var notes: [String] = []
    let target = Self.plain(answer.goal.target)
    let quality = String(found.predictedQuality, decimals: 2)
    if !answer.isReachable {
      notes.append("\(metric) \(target) is not to be had: \(quality) is the nearest")
    } else if !found.isMet {
      notes.append("even the highest CRF that is worth anything gives \(metric) \(quality)")
    }
    if !answer.leftOut.isEmpty {
      notes.append(
        "\(answer.encoder) lacks \(answer.leftOut.joined(separator: ", ")) of the profile")
    }
    return notes
  }

  static func plain(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
  }
}
