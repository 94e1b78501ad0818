import Engine
import FFmpegTool
import Foundations

/// `mediary vmaf`: how like its source an encoded film is.
enum VMAFCommand: Command {
  private static let reference = Argument(
    "REF", .path(.file), "The film as it was.")
  private static let distorted = Argument(
    "DIST", .path(.file), "The film as it became.")
  private static let metric = Option(
    "metric", .choice(of: QualityMetric.self), "By what the likeness is measured."
  ).default(.vmaf)
  private static let crop = Option(
    "crop", .own("W:H:X:Y", "a part of the picture as W:H:X:Y") { CompareFilms.Crop($0) },
    "Compare with this part of REF alone, where bars were cut off.")
  private static let perFrame = Option.flag("per-frame", "Show the score of each frame too.")

  static let spec = CommandSpec(
    "vmaf", "Measure how like its source an encoded film is, frame by frame.",
    description: [
      "Every frame of DIST is compared with the frame of REF that has the same number, whatever their "
        + "times are. Both must have as many frames, of the same size.",
      "VMAF is measured by the model vmaf_v0.6.1, from 2160 lines on by its 4k model. It needs an "
        + "ffmpeg with libvmaf; `mediary doctor` says whether there is one.",
    ],
    arguments: [reference, distorted], options: [metric, crop, perFrame],
    examples: [
      CommandExample("mediary vmaf film.mkv film-av1.mkv", "Measure an encode"),
      CommandExample(
        "mediary vmaf --per-frame --json film.mkv film-av1.mkv | jq '.frames | min_by(.vmaf)'",
        "Find the worst frame"),
    ],
    seeAlso: ["probe", "doctor"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let configuration = try context.configuration()
    let metric = arguments[Self.metric]
    let answer = try CompareFilms(
      tools: ExternalTools(configuration, environment: context.environment),
      temporaryFolder: configuration[MediarySettings.temporaryFolder]
    ).run(
      arguments[reference], arguments[distorted], by: metric, crop: arguments[crop],
      stop: context.stop)
    let text = ScoresText(
      answer, metric, showsFrames: arguments[perFrame], terminal: context.out.terminal)
    try context.answer(text.json, or: text.lines)
    return .success
  }
}
