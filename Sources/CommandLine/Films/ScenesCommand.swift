import Encoding
import Engine
import Foundations
import Media

/// `mediary scenes`: where the scenes of a film begin.
enum ScenesCommand: Command {
  static let spec = CommandSpec(
    "scenes", "Find the scenes of a film: cuts, fades, dissolves.",
    description: [
      "Decodes the film once (what was found is kept, and asking again decodes nothing) and tells for each scene when it begins and ends, and how it begins: "
        + "`start` (the film's own), `cut`, `fade` or `dissolve`. Flashes are no cuts.",
      "The score says how certain a beginning is, from 0 to 1.",
    ],
    arguments: [FilmAnswers.file], options: [Jobs.option],
    examples: [
      CommandExample("mediary scenes film.mkv", "List the scenes"),
      CommandExample(
        "mediary scenes --json film.mkv | jq '.scenes[].start'", "Only when each begins"),
    ],
    seeAlso: ["crop", "probe"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let (film, analysis) = try FilmAnswers.look(arguments, context)
    let scenes = Scene.all(of: analysis)
    let json: JSONValue = [
      "path": .string(film.path.text), "frames": .int(analysis.table.count),
      "duration_seconds": .double(analysis.table.seconds(ofFrame: analysis.table.count)),
      "scenes": .array(scenes.map(\.json)),
    ]
    try context.answer(json, or: scenes.map(\.line))
    FilmAnswers.warn(analysis, context)
    return .success
  }
}

/// One scene as it is shown.
private struct Scene {
  let frames: Range<Int>
  let start: Double
  let end: Double
  let transition: String
  let score: Double

  static func all(of analysis: FilmAnalysis) -> [Scene] {
    let table = analysis.table
    let ends = analysis.cuts.dropFirst().map(\.frame) + [table.count]
    let first = Scene(
      frames: 0..<(analysis.cuts.first?.frame ?? table.count), table, "start", score: 1)
    return [first]
      + zip(analysis.cuts, ends).map { cut, end in
        Scene(frames: cut.frame..<end, table, cut.transition.rawValue, score: cut.score)
      }
  }

  private init(frames: Range<Int>, _ table: FrameTable, _ transition: String, score: Double) {
    self.frames = frames
    self.transition = transition
    self.score = (score * 1_000).rounded() / 1_000
    start = table.seconds(ofFrame: frames.lowerBound)
    end = table.seconds(ofFrame: frames.upperBound)
  }

  var json: JSONValue {
    [
      "start": .double(start), "end": .double(end), "transition": .string(transition),
      "score": .double(score), "start_frame": .int(frames.lowerBound),
      "end_frame": .int(frames.upperBound),
    ]
  }

  var line: StyledText {
    func time(_ seconds: Double) -> String {
      HumanText.clock(.milliseconds(Int((seconds * 1_000).rounded())), decimals: 3)
    }
    let score = transition == "start" ? "" : "  \(Int((self.score * 100).rounded())) %"
    return StyledText("\(time(start))  \(time(end))  ") + StyledText(transition, .accent)
      + StyledText(score, .quiet)
  }
}
