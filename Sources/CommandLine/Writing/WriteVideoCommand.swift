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
    placeholder: "KEY", defaultText: "libx264_8")
  private static let container = Option(
    "container", .text, "What to keep it in, where the name does not say.", placeholder: "KIND",
    defaultText: "what fits the name and the codec")
  private static let audio = Option(
    "audio", .path(.file), "The film's sound: a file that plays, or an array of samples.",
    placeholder: "FILE")
  private static let audioCodec = Option(
    "audio-codec", .text, "How to encode the sound: aac_192, aac_320, alac, opus_128, flac.",
    placeholder: "KEY", defaultText: "aac_128, or opus_128 in webm")
  private static let audioRate = Option(
    "audio-rate", .integer(in: 1_000...768_000), "Samples a second of an array of sound.",
    placeholder: "HZ"
  ).default(48_000)
  private static let option = Option(
    "option", .pair, "An option of the encoder itself.", placeholder: "NAME=VALUE"
  ).repeated()

  static let spec = CommandSpec(
    "video", "Write frames as a film.",
    description: [
      "Reading, conversion and encoding overlap, and memory stays the same whatever the length. Odd "
        + "sizes stay what they are."
    ],
    options: WriteOptions.pictures
      + [fps, codec, container, audio, audioCodec, audioRate, option] + WriteOptions.discipline,
    examples: [
      CommandExample(
        "mediary write video --input frames.npy --output clip.mp4 --fps 24", "Frames to a film"),
      CommandExample(
        "mediary write video -i frames/ -o clip.mkv --codec libx264_lossless",
        "Pictures of a folder, without loss"),
      CommandExample(
        "mediary write video -i frames.npy -o clip.mp4 --audio speech.wav", "With sound"),
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
    let input = try WriteOptions.frames(arguments, configuration)
    let source = try FrameInput.film(arguments[WriteOptions.input], input, stop: context.stop)
    let sound = try arguments[audio].map {
      try FrameInput.sound($0, sampleRate: arguments[audioRate], input)
    }
    let name = output?.fileName?.text ?? "video"
    let progress = CommandProgress(name, context, isShown: !context.isJSON && !context.isQuiet)
    defer { progress.end() }
    let total = source.count.map(Double.init)
    let writer = FilmWriter(
      settings, log: context.log(configuration), stop: context.stop,
      progress: { progress.sink.report(ProgressUpdate(Double($0), of: total, .frames)) })
    let written = try writer.write(source, sound: sound, to: output)
    progress.end()
    try WriteOptions.show(written, context)
    return .success
  }

  private static func settings(
    _ arguments: ParsedArguments, _ configuration: Configuration
  ) throws -> VideoSaveSettings {
    let server = try WriteOptions.server(arguments)
    var settings = server?.video ?? VideoSaveSettings()
    settings.rate = FrameRate.rational(arguments[fps])
    if let key = arguments[codec] { settings.codec = try VideoCodec(key: key) }
    if let key = arguments[audioCodec] { settings.soundCodec = try AudioCodec(key: key) }
    settings.metadata = try WriteOptions.metadata(arguments, server)
    if let kind = arguments[container] { settings.container = try FilmContainer(key: kind) }
    settings.pixels = WriteOptions.pixels(arguments, rounds: false)
    settings.attempts = arguments[WriteOptions.attempts]
    settings.temporaryFolder = configuration[MediarySettings.temporaryFolder]
    settings.isStrict = arguments[WriteOptions.strict]
    settings.extraOptions = arguments[option].map { (key: $0.key, value: $0.value) }
    return settings
  }
}
