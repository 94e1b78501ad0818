import Encoding
import Engine
import Foundations

/// `mediary encode`: a film into AV1.
enum EncodeCommand: Command {
  private static let input = Argument("INPUT", .path(.file), "The film.")
  private static let output = Argument(
    "OUTPUT", .path(.file), "Where to write it; .mkv, .webm or .mp4.")

  static let spec = CommandSpec(
    "encode", "Encode a film into AV1 at a quality that you name.",
    description: [
      "The film is looked at once, cut into segments at its scenes, and each segment encoded to the target quality; "
        + "then all is joined with sound, subtitles, chapters, fonts and tags, and checked. The output gets its name when every check has passed.",
      "What is finished stays: ended by Ctrl-C, by kill or by a power cut, the same command goes on where it was.",
    ],
    arguments: [input, output], options: EncodeOptions.all,
    examples: [
      CommandExample("mediary encode film.mkv small.mkv", "To VMAF 93, or 95 for HDR"),
      CommandExample(
        "mediary encode film.mkv small.mkv --target-vmaf 90 --preset 4", "To another quality"),
      CommandExample("mediary encode film.mkv small.mkv --crf 27", "At a fixed CRF"),
      CommandExample("mediary encode film.mkv small.mkv --dry-run", "See what would be done"),
    ],
    seeAlso: ["probe", "doctor"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let request = try EncodeOptions.request(arguments, arguments[input], to: arguments[output])
    let places = try EncodingPlaces(context.configuration())
    let talk = EncodeTalk(title: request.input.fileName?.text ?? request.input.text, context)
    defer { talk.end() }
    let film = EncodeFilm(places) { talk.tell($0) }
    if arguments[EncodeOptions.dryRun] {
      let plan = try film.plan(request, stop: context.stop)
      talk.end()
      try context.answer(plan.json, or: EncodeText.lines(plan, context.out.terminal))
      return .success
    }
    do {
      let report = try film.run(request, stop: context.stop)
      talk.end()
      try show(report, context)
      return .success
    } catch {
      talk.end()
      try talk.failed(error)
      throw error
    }
  }

  private static func show(_ report: EncodeReport, _ context: CommandContext) throws {
    guard context.isJSON else {
      return try context.out.write(EncodeText.lines(report, context.out.terminal))
    }
    let event: JSONValue = ["event": "job_completed", "report": report.json]
    try context.out.write(data: event.text())
  }
}
