import Encoding
import Engine
import Foundations

/// `mediary encode`: a film, or the films of a folder, into AV1.
enum EncodeCommand: Command {
  private static let input = Argument(
    "INPUT", .path(.file), "The film, or a folder with all films below it."
  ).unless(EncodeHistoryOptions.history)
  private static let output = Argument(
    "OUTPUT", .path(.file), "Where to write it, .mkv, .webm or .mp4; a folder for a folder."
  ).unless(EncodeHistoryOptions.history)

  static let spec = CommandSpec(
    "encode", "Encode films into AV1 at a quality that you name.",
    description: [
      "The film is looked at once, cut into segments at its scenes, and each segment encoded to the target quality; "
        + "then all is joined with sound, subtitles, chapters, fonts and tags, and checked. The output gets its name when every check has passed.",
      "What is finished stays: ended by Ctrl-C, by kill or by a power cut, the same command goes on where it was.",
      "Of a folder all films are encoded, one after the other, into the same folders below OUTPUT. One that fails is told of, "
        + "and the others go on; what was encoded before from the same content to the same settings, and what is AV1 already, is passed over.",
    ],
    arguments: [input, output],
    options: EncodeOptions.all + EncodeFolderOptions.all + EncodeWatchOptions.all
      + EncodeHistoryOptions.all,
    examples: [
      CommandExample("mediary encode film.mkv small.mkv", "To VMAF 93, or 95 for HDR"),
      CommandExample(
        "mediary encode film.mkv small.mkv --target-vmaf 90 --preset 4", "To another quality"),
      CommandExample("mediary encode film.mkv small.mkv --crf 27", "At a fixed CRF"),
      CommandExample("mediary encode film.mkv small.mkv --dry-run", "See what would be done"),
      CommandExample("mediary encode ~/Films ~/Small", "Every film of a folder"),
      CommandExample("mediary encode ~/Incoming ~/Small --watch", "And what comes into it"),
      CommandExample("mediary encode --history --filter alien", "See what was encoded"),
    ],
    seeAlso: ["probe", "doctor"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    if arguments[EncodeHistoryOptions.history] {
      return try EncodeHistoryView(context).show(arguments)
    }
    try EncodeHistoryOptions.refuse(arguments)
    guard let input = arguments[input], let output = arguments[output] else {
      preconditionFailure("the parser saw to it that both are given")
    }
    let request = try EncodeOptions.request(arguments, input, to: output)
    if try FileStatus.find(input)?.kind == .folder {
      try EncodeFolderOptions.refusePage(request)
      let folder = EncodeFolderOptions.request(arguments, request)
      if let watching = try EncodeWatchOptions.options(arguments) {
        return try FolderWatching(context).run(folder, watching)
      }
      return try FolderEncoding(context).run(folder, isDry: arguments[EncodeOptions.dryRun])
    }
    try EncodeFolderOptions.refuse(arguments, for: input)
    try EncodeWatchOptions.refuse(arguments, for: input)
    return try run(request, isDry: arguments[EncodeOptions.dryRun], context)
  }

  private static func run(
    _ request: EncodeRequest, isDry: Bool, _ context: CommandContext
  ) throws -> ExitStatus {
    let places = try EncodingPlaces(context.configuration())
    let notices = try context.encodeNotices()
    let talk = EncodeTalk(title: request.input.fileName?.text ?? request.input.text, context)
    defer {
      talk.end()
      notices.close()
    }
    if isDry {
      let plan = try EncodeFilm(places) { talk.tell($0) }.plan(request, stop: context.stop)
      talk.end()
      try context.answer(plan.json, or: EncodeText.lines(plan, context.out.terminal))
      return .success
    }
    do {
      let encode = TrackedEncode(places) { talk.tell($0) }
      let report = try encode.run(request, stop: context.stop)
      talk.end()
      notices.finished(report)
      try show(report, page: request.reportPage, context)
      return .success
    } catch {
      talk.end()
      notices.failed(error, of: request.input, to: request.output)
      try talk.failed(error)
      throw error
    }
  }

  private static func show(
    _ report: EncodeReport, page: FilePath?, _ context: CommandContext
  ) throws {
    guard context.isJSON else {
      return try context.out.write(EncodeText.lines(report, page: page, context.out.terminal))
    }
    try context.out.write(data: EncodeEvents.completed(report).text())
  }
}
