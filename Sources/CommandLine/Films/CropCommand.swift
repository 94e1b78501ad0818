import Encoding
import Engine
import Foundations
import Media

/// `mediary crop`: which part of a film is picture.
enum CropCommand: Command {
  static let spec = CommandSpec(
    "crop", "Find the bars of a film, and the picture between them.",
    description: [
      "Decodes the film once; what was found is kept, and asking again decodes nothing. A side is cut only as far as every picture allows; a single bright one "
        + "does not count, and nothing that is picture is ever cut.",
      "Where nothing is to be cut, `reason` says why: `none`, `mixed aspect ratios`, or `too dark to tell`.",
    ],
    arguments: [FilmAnswers.file], options: [Jobs.option],
    examples: [
      CommandExample("mediary crop film.mkv", "Say what is picture"),
      CommandExample("mediary crop --json film.mkv | jq .crop", "As JSON"),
    ],
    seeAlso: ["scenes", "probe"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let (film, analysis) = try FilmAnswers.look(arguments, context)
    let crop = analysis.crop
    let area: JSONValue =
      crop.area.map {
        ["w": .int($0.width), "h": .int($0.height), "x": .int($0.x), "y": .int($0.y)]
      } ?? .null
    let json: JSONValue = [
      "path": .string(film.path.text), "crop": area, "reason": .string(crop.reason),
      "width": .int(orNull: film.video.video?.width),
      "height": .int(orNull: film.video.video?.height),
    ]
    try context.answer(json, or: [line(crop)])
    FilmAnswers.warn(analysis, context)
    return .success
  }

  private static func line(_ crop: CropFinding) -> StyledText {
    guard let area = crop.area else {
      return StyledText(
        crop.reason == "none" ? "no bars" : "nothing to cut: \(crop.reason)", .quiet)
    }
    return StyledText("\(area.width):\(area.height):\(area.x):\(area.y)", .strong)
  }
}
