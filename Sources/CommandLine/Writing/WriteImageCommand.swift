import Engine
import Foundations
import Media
import MediaOutput

/// `mediary write image`.
enum WriteImageCommand: Command {
  private static let quality = Option(
    "quality", .text, "How to encode: \(ImageCodec.examples.joined(separator: ", ")).",
    placeholder: "KEY", defaultText: "jpeg_95")

  static let spec = CommandSpec(
    "image", "Write an array as a picture; a batch becomes a grid.",
    description: ["Four channels go to PNG where the format asked for has no alpha channel."],
    options: WriteOptions.pictures + [quality] + WriteOptions.discipline,
    examples: [
      CommandExample(
        "mediary write image --input picture.npy --output picture.jpg", "An array to a picture"),
      CommandExample(
        "mediary write image -i batch.npy -o grid.png --quality png --per-row 4",
        "A batch as a grid"),
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let configuration = try context.configuration()
    let server = try WriteOptions.server(arguments)
    var settings = server?.image ?? ImageSaveSettings()
    if let key = arguments[quality] { settings.codec = try ImageCodec(key: key) }
    settings.metadata = try WriteOptions.metadata(arguments, server)
    settings.pixels = WriteOptions.pixels(arguments, rounds: true)
    settings.attempts = arguments[WriteOptions.attempts]
    settings.temporaryFolder = configuration[MediarySettings.temporaryFolder]
    settings.isStrict = arguments[WriteOptions.strict]
    let writer = PictureWriter(settings, log: context.log(configuration), stop: context.stop)
    let output = arguments[WriteOptions.output]
    if arguments[WriteOptions.dryRun] {
      let plan = try writer.plan(output, hasAlpha: false)
      try WriteOptions.show(
        plan: plan.path, codec: plan.codec.description, notes: plan.notes, context)
      return .success
    }
    let source = try FrameInput.picture(
      arguments[WriteOptions.input], try WriteOptions.frames(arguments, configuration),
      stop: context.stop)
    try WriteOptions.show(try writer.write(source, to: output), context)
    return .success
  }
}

/// `mediary write mask`.
enum WriteMaskCommand: Command {
  static let spec = CommandSpec(
    "mask", "Write an array of one channel as a gray picture without loss.",
    description: ["Floats are taken from 0 to 1, true and false become white and black."],
    options: WriteOptions.pictures + WriteOptions.discipline,
    examples: [CommandExample("mediary write mask -i mask.npy -o mask.png", "An array to a mask")])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let configuration = try context.configuration()
    var settings = ImageSaveSettings()
    settings.codec = .png
    settings.metadata = try WriteOptions.metadata(arguments, try WriteOptions.server(arguments))
    settings.pixels = WriteOptions.pixels(arguments, rounds: true)
    settings.pixels.normalizes = arguments[WriteOptions.range] != nil
    settings.attempts = min(3, arguments[WriteOptions.attempts])
    settings.temporaryFolder = configuration[MediarySettings.temporaryFolder]
    settings.isStrict = arguments[WriteOptions.strict]
    let writer = PictureWriter(settings, log: context.log(configuration), stop: context.stop)
    let output = arguments[WriteOptions.output]
    if arguments[WriteOptions.dryRun] {
      let plan = try writer.plan(output, hasAlpha: false)
      try WriteOptions.show(plan: plan.path, codec: "png", notes: plan.notes, context)
      return .success
    }
    let source = try FrameInput.picture(
      arguments[WriteOptions.input], try WriteOptions.frames(arguments, configuration),
      stop: context.stop)
    try WriteOptions.show(try writer.write(source, to: output, keepsGray: true), context)
    return .success
  }
}
