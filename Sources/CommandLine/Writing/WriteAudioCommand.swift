import Engine
import Foundations
import MediaOutput

/// `mediary write audio`.
enum WriteAudioCommand: Command {
  private static let codec = Option(
    "codec", .text,
    "How to encode: wav, wav_24, wav_float, flac, alac, mp3_192, aac_128, opus_128.",
    placeholder: "KEY", defaultText: "wav")
  private static let rate = Option(
    "rate", .integer(in: 1_000...768_000), "Samples a second.", placeholder: "HZ"
  ).default(48_000)

  static let spec = CommandSpec(
    "audio", "Write an array of samples as sound.",
    options: [WriteOptions.input, WriteOptions.output, WriteOptions.array, codec, rate]
      + WriteOptions.discipline,
    examples: [
      CommandExample(
        "mediary write audio -i speech.npy -o speech.wav --rate 24000", "Samples to sound")
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let configuration = try context.configuration()
    let server = try WriteOptions.server(arguments)
    var settings = server?.audio ?? AudioSaveSettings()
    if let key = arguments[codec] { settings.codec = try AudioCodec(key: key) }
    settings.metadata = try WriteOptions.metadata(arguments, server)
    settings.sampleRate = arguments[rate]
    settings.attempts = arguments[WriteOptions.attempts]
    settings.temporaryFolder = configuration[MediarySettings.temporaryFolder]
    settings.isStrict = arguments[WriteOptions.strict]
    let writer = SoundWriter(settings, log: context.log(configuration), stop: context.stop)
    let output = arguments[WriteOptions.output]
    if arguments[WriteOptions.dryRun] {
      try WriteOptions.show(
        plan: try writer.plan(output), codec: settings.codec.description, notes: [], context)
      return .success
    }
    let array = try ArrayReader.open(
      arguments[WriteOptions.input], name: arguments[WriteOptions.array],
      temporaryFolder: settings.temporaryFolder)
    try WriteOptions.show(try writer.write(array, to: output), context)
    return .success
  }
}
