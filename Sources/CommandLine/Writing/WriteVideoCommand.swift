import Engine
import Foundations
import Media
import MediaOutput

/// `mediary write video`.
enum WriteVideoCommand: Command {
  private static let fps = Option(
    "fps", .number(in: 0.001...1_000), "Frames a second."
  ).default(30)
  private static let codec = Option(
    "codec", .text, "How to encode: \(VideoCodec.examples.joined(separator: ", ")).",
    placeholder: "KEY"
  ).default("libx264_8")
  private static let container = Option(
    "container", .text, "What to keep it in, where the name does not say.", placeholder: "KIND",
    defaultText: "what fits the name and the codec")
  private static let option = Option(
    "option", .pair, "An option of the encoder itself.", placeholder: "NAME=VALUE"
  ).repeated()

  static let spec = CommandSpec(
    "video", "Write frames as a film.",
    description: [
      "Reading, conversion and encoding overlap, and memory stays the same whatever the length. Odd "
        + "sizes stay what they are."
    ],
    options: WriteOptions.pictures + [fps, codec, container, option] + WriteOptions.discipline,
    examples: [
      CommandExample(
        "mediary write video --input frames.npy --output clip.mp4 --fps 24", "Frames to a film"),
      CommandExample(
        "mediary write video -i frames/ -o clip.mkv --codec libx264_lossless",
        "Pictures of a folder, without loss"),
      CommandExample(
        "make-frames | mediary write video -i - --raw 1280x720 -o clip.mp4", "A stream of bare RGB"),
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let configuration = try context.configuration()
    let settings = try settings(arguments, configuration)
    let output = arguments[WriteOptions.output]
    if arguments[WriteOptions.dryRun] {
      let plan = try FilmWriter(settings).plan(output)
      try WriteOptions.show(
        plan: plan.path, codec: settings.codec.description, notes: plan.notes, context)
      return .success
    }
    let source = try FrameInput.film(
      arguments[WriteOptions.input], try WriteOptions.frames(arguments), stop: context.stop)
    let name = output?.fileName?.text ?? "video"
    let progress = CommandProgress(name, context, isShown: !context.isJSON && !context.isQuiet)
    defer { progress.end() }
    let total = source.count.map(Double.init)
    let writer = FilmWriter(
      settings, log: context.log(configuration), stop: context.stop,
      progress: { progress.sink.report(ProgressUpdate(Double($0), of: total, .frames)) })
    let written = try writer.write(source, to: output)
    progress.end()
    try WriteOptions.show(written, context)
    return .success
  }

  private static func settings(
    _ arguments: ParsedArguments, _ configuration: Configuration
  ) throws -> VideoSaveSettings {
    var settings = VideoSaveSettings()
    settings.rate = FrameRate.rational(arguments[fps])
    settings.codec = try VideoCodec(key: arguments[codec])
    if let kind = arguments[container] { settings.container = try FilmContainer(key: kind) }
    settings.pixels = WriteOptions.pixels(arguments, rounds: false)
    settings.attempts = arguments[WriteOptions.attempts]
    settings.temporaryFolder = configuration[MediarySettings.temporaryFolder]
    settings.isStrict = arguments[WriteOptions.strict]
    settings.extraOptions = arguments[option].map { (key: $0.key, value: $0.value) }
    return settings
  }
}
