import Encoding
import Engine
import Foundations
import Media

/// `mediary extract`: streams out of a container, each as a file of its own.
enum ExtractCommand: Command {
  private static let file = Argument("FILE", .path(.file), "A film, or whatever has streams.")
  private static let list = Option.flag(
    "list", "Say what there is and which files it would become; so it is where nothing is chosen.")
  private static let everything = Option.flag("all", "Take out everything.")
  private static let films = Option.flag("video", "Take out the pictures.")
  private static let audioTracks = Option(
    "audio-tracks", .text, "Take out sound: all, numbers from 1 (2,1), or languages (jpn,eng).",
    placeholder: "TRACKS")
  private static let subtitleTracks = Option(
    "subtitle-tracks", .text, "Take out subtitles, chosen likewise.", placeholder: "TRACKS")
  private static let attachments = Option.flag("attachments", "Take out fonts and other files.")
  private static let covers = Option.flag("covers", "Take out cover pictures.")
  private static let chapters = Option.flag("chapters", "Write the chapters as ffmpeg's metadata.")
  private static let output = Option(
    "output", .path(.folder), "Where to put the files; made where it is missing.", short: "o",
    placeholder: "DIR", defaultText: "the current folder")
  private static let overwrite = Option.flag("overwrite", "Replace files that are there already.")

  static let spec = CommandSpec(
    "extract", "Take streams out of a container, without encoding.",
    description: [
      "Each stream goes into the kind of file it is at home in: Opus into .opus, AAC into .m4a, FLAC into .flac, AC-3 into .ac3, PCM into .wav, other sound into .mka; "
        + "SubRip into .srt, ASS into .ass, pictures of Blu-rays into .sup, those of DVDs into .mks, MP4's texts into .srt; pictures into .mkv. No packet is changed, and times stay where the file can tell them.",
      "All files get their names when all are whole. Fonts go into a folder of their own, by their own names made safe. A source that is damaged gives what could be read, and status 1.",
    ],
    arguments: [file],
    options: [
      list, everything, films, audioTracks, subtitleTracks, attachments, covers, chapters, output,
      overwrite,
    ],
    examples: [
      CommandExample("mediary extract film.mkv", "See what is in it"),
      CommandExample(
        "mediary extract film.mkv --audio-tracks jpn --subtitle-tracks all -o parts",
        "Take out some tracks"),
      CommandExample("mediary extract film.mkv --all -o parts", "Take out everything"),
    ],
    seeAlso: ["probe", "encode"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let path = arguments[file]
    let work = ExtractStreams(path, stop: context.stop)
    let choices = try choices(arguments)
    if arguments[list] || choices.isEmpty {
      let plan = try work.plan(choices.isEmpty ? .everything : choices)
      let text = ExtractText(plan, path, context.out.terminal)
      try show(text.json, or: text.lines, context)
      if !arguments[list] { context.say(text.invitation) }
      return .success
    }
    let progress = CommandProgress(
      path.fileName?.text ?? path.text, context, isShown: !context.isJSON && !context.isQuiet)
    defer { progress.end() }
    let (plan, outcome) = try work.run(
      choices, into: arguments[output] ?? ".", replacing: arguments[overwrite],
      progress: progress.sink)
    progress.end()
    try show(
      outcome.taken.map(ExtractText.json), or: ExtractText.lines(outcome, context.out.terminal),
      context)
    return warn(plan, outcome, context)
  }

  private static func choices(_ arguments: ParsedArguments) throws -> ExtractionChoices {
    var choices = ExtractionChoices()
    if arguments[everything] { choices = .everything }
    if arguments[films] { choices.films = true }
    if let text = arguments[audioTracks] { choices.audioTracks = try TrackSelection(text) }
    if let text = arguments[subtitleTracks] { choices.subtitleTracks = try TrackSelection(text) }
    if arguments[attachments] { choices.attachments = true }
    if arguments[covers] { choices.covers = true }
    if arguments[chapters] { choices.chapters = true }
    return choices
  }

  private static func show(
    _ json: [JSONValue], or lines: @autoclosure () -> [StyledText], _ context: CommandContext
  ) throws {
    guard context.isJSON else { return try context.out.write(lines()) }
    for object in json { try context.out.write(data: object.text()) }
  }

  private static func warn(
    _ plan: ExtractionPlan, _ outcome: Extraction.Outcome, _ context: CommandContext
  ) -> ExitStatus {
    for stream in plan.left {
      context.say(
        "\("note", .warning): stream \(stream.index) (\(stream.codec)) has no file of its own kind")
    }
    for taken in outcome.taken {
      if let failure = taken.failure { context.report(failure, about: taken.path.text) }
      for loss in taken.part.losses where taken.failure == nil {
        context.say("\("note", .warning): \(taken.path) does not say \(loss)")
      }
    }
    if let damage = outcome.damage { context.report(damage) }
    if outcome.taken.isEmpty {
      context.say("\("note", .warning): there is nothing of that kind in the file")
    }
    let isWhole = outcome.damage == nil && outcome.taken.allSatisfy { $0.failure == nil }
    return isWhole ? .success : .findings
  }
}
