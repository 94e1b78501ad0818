import Engine
import FFmpegTool
import Foundations

/// The scores of a film as people and programs read them.
struct ScoresText {
  private let answer: CompareFilms.Answer
  private let metric: QualityMetric
  private let showsFrames: Bool
  private let terminal: Terminal

  init(
    _ answer: CompareFilms.Answer, _ metric: QualityMetric, showsFrames: Bool, terminal: Terminal
  ) {
    self.answer = answer
    self.metric = metric
    self.showsFrames = showsFrames
    self.terminal = terminal
  }

  private var summary: QualitySummary? { QualitySummary(answer.scores) }

  var json: JSONValue {
    var object: JSONObject = [
      metric.rawValue: summary.map { summary in
        [
          "mean": .double(summary.mean), "p5": .double(summary.p5),
          "min": .double(summary.least),
        ]
      } ?? .null,
      "frame_count": .int(answer.scores.count), "model": .string(orNull: answer.model),
    ]
    if showsFrames {
      object["frames"] = .array(
        answer.scores.enumerated().map { number, score in
          ["frame": .int(number), metric.rawValue: .double(score)]
        })
    }
    return .object(object)
  }

  var lines: [StyledText] {
    var lines: [StyledText] = []
    if showsFrames {
      lines = answer.scores.enumerated().map { number, score in
        StyledText("\(number)", .quiet).padded(to: 8, .trailing) + "  "
          + StyledText(Self.number(score)).padded(to: 8, .trailing)
      }
    }
    guard let summary else { return ["There are no frames to compare."] }
    if terminal.isInteractive, answer.scores.count > 1 {
      lines += ScoreCurve(
        answer.scores, columns: max(8, min(terminal.width - 12, 100)), isUnicode: terminal.isUnicode
      ).lines.map { StyledText($0, .accent) }
    }
    let unit = metric == .xpsnr ? " dB" : ""
    return lines + [
      "\(StyledText(metric.rawValue.uppercased(), .strong)) mean \(Self.number(summary.mean))\(unit), 5th percentile \(Self.number(summary.p5))\(unit), worst frame \(Self.number(summary.least))\(unit), \(HumanText.count(answer.scores.count, "frame"))"
    ]
  }

  private static func number(_ score: Double) -> String { String(score, decimals: 2) }
}
