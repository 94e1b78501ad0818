import Encoding
import Engine
import Foundations

/// `mediary search`: the CRF that a film needs for a quality, without encoding the film.
enum SearchCommand: Command {
  private static let file = Argument("FILE", .path(.file), "The film.")
  private static let samples = Option(
    "samples", .integer(in: 1...500),
    "How many of the film's segments are looked at.",
    defaultText: "12")

  static let spec = CommandSpec(
    "search", "Find the CRF that brings a film to a quality, without encoding it.",
    description: [
      "Some of the film's segments, calm and busy ones as the film has them, are encoded and measured: a few frames of each first, to see where to look, then whole at the preset that was asked for, until they have the quality. "
        + "What the film will be like and how large its pictures will be is predicted by them.",
      "A target that no CRF reaches gives the nearest there is, with a note and `reachable: false`. What was measured is kept, and not measured again by another search.",
    ],
    arguments: [file], options: EncodeOptions.searching + [samples],
    examples: [
      CommandExample("mediary search film.mkv --target-vmaf 93", "The CRF for VMAF 93"),
      CommandExample(
        "mediary search film.mkv --target-vmaf 95 --preset 4 --samples 24",
        "At another preset, by more samples"),
      CommandExample(
        "mediary search film.mkv --target-vmaf 93 --json | jq .crf", "The number alone"),
    ],
    seeAlso: ["encode", "vmaf"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let settings = try EncodeOptions.searchSettings(arguments)
    let path = arguments[file]
    let places = try EncodingPlaces(context.configuration(), environment: context.environment)
    let title = path.fileName?.text ?? path.text
    let progress = CommandProgress(
      title, context, isShown: !context.isJSON && !context.isQuiet)
    defer { progress.end() }
    let story = SearchStory(to: progress.sink)
    let answer = try SearchFilm(places).run(
      path, settings, samples: arguments[samples], stop: context.stop, tell: story.take)
    progress.end()
    let text = SearchText(answer, typed: arguments, context.out.terminal)
    try context.answer(text.json, or: text.lines)
    for note in text.notes { context.say("\("note", .warning): \(note)") }
    return .success
  }
}
