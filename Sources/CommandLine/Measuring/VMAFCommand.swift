import Encoding
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
  private static let plot = Option(
    "plot", .path(.file), "Draw the curve into a file that ends in .svg.", placeholder: "FILE.svg")

  static let spec = CommandSpec(
    "vmaf", "Measure how like its source an encoded film is, frame by frame.",
    description: [
      "Every frame of DIST is compared with the frame of REF that has the same number, whatever their "
        + "times are. Both must have as many frames, of the same size.",
      "VMAF is measured by the model vmaf_v0.6.1, from 2160 lines on by its 4k model. It needs an "
        + "ffmpeg with libvmaf; `mediary doctor` says whether there is one.",
    ],
    arguments: [reference, distorted], options: [metric, crop, perFrame, plot],
    examples: [
      CommandExample("mediary vmaf film.mkv film-av1.mkv", "Measure an encode"),
      CommandExample(
        "mediary vmaf --per-frame --json film.mkv film-av1.mkv | jq '.frames | min_by(.vmaf)'",
        "Find the worst frame"),
      CommandExample("mediary vmaf --plot curve.svg film.mkv film-av1.mkv", "Draw the curve"),
    ],
    seeAlso: ["probe", "doctor"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let configuration = try context.configuration()
    let metric = arguments[Self.metric]
    if let file = arguments[plot] { try requirePlace(file) }
    let answer = try CompareFilms(
      tools: ExternalTools(configuration, environment: context.environment),
      temporaryFolder: configuration[MediarySettings.temporaryFolder]
    ).run(
      arguments[reference], arguments[distorted], by: metric, crop: arguments[crop],
      stop: context.stop)
    let text = ScoresText(
      answer, metric, showsFrames: arguments[perFrame], terminal: context.out.terminal)
    if let file = arguments[plot] {
      try AtomicFile.create(file, with: draw(answer, arguments).utf8)
      context.say("drawn into \(file, .strong)")
    }
    try context.answer(text.json, or: text.lines)
    return .success
  }

  /// Refused before anything is measured, which takes a while.
  private static func requirePlace(_ file: FilePath) throws {
    guard file.fileExtension == "svg" else {
      throw UsageFailure(
        .usageBadValue,
        "--plot draws no \(file.fileExtension.isEmpty ? "such file" : ".\(file.fileExtension)"): \(file)",
        hint: "the curve is drawn as SVG; end the name in .svg")
    }
    let target = try Destination(file)
    guard try target.folder.find(target.name) == nil else {
      throw FileFailure(
        .fileExists, "\(file) is there already", hint: "give the drawing another name")
    }
  }

  private static func draw(
    _ answer: CompareFilms.Answer, _ arguments: ParsedArguments
  ) -> String {
    let rate = answer.frameRate.flatMap { $0 > 0 ? $0 : nil }
    let title = arguments[distorted].fileName?.text ?? arguments[distorted].text
    return ScorePlot(
      title: title, metric: arguments[metric].rawValue.uppercased(), scores: answer.scores,
      duration: rate.map { Double(answer.scores.count) / $0 }
    ).svg
  }
}
