import EmbeddedMetadata
import Engine
import Foundations
import MediaOutput

/// `mediary write`: arrays, frames and samples become files.
enum WriteCommands {
  static let group = CommandSpec(
    "write", "Write frames, pictures or sound from arrays to files.",
    description: [
      "Numbers come as `.npy`, `.npz` or `.safetensors`, as a folder of pictures, as a film, or as bare "
        + "frames on standard input. What is written goes to a temporary name, is checked, and then "
        + "gets its own: a failure leaves no half file, and what stood there stays."
    ],
    seeAlso: ["probe"])

  static let all: [any Command.Type] = [
    WriteVideoCommand.self, WriteImageCommand.self, WriteAudioCommand.self, WriteMaskCommand.self,
  ]
}

/// The options that all of them take.
enum WriteOptions {
  static let input = Option(
    "input", .path(.file), "An array, a folder of pictures, a film, or - for bare frames.",
    short: "i", placeholder: "INPUT"
  ).required()
  static let output = Option(
    "output", .path(.file), "Where to write; a random name in the temporary folder without it.",
    short: "o", placeholder: "FILE")
  static let array = Option(
    "array", .text, "Which array, where the input holds several.", placeholder: "NAME")
  static let layout = Option(
    "layout", .text,
    "What the array's axes are, such as THWC or CTHW; told by the shape without it.",
    placeholder: "AXES")
  static let range = Option(
    "range", .numberRange, "The values that are black and white, for floats.",
    placeholder: "LEAST,MOST", defaultText: "-1,1")
  static let asIs = Option.flag("as-is", "Floats are light from 0 to 1 already.")
  static let perRow = Option(
    "per-row", .integer(in: 1...1_000), "How many pictures of a batch lie side by side."
  ).default(8)
  static let raw = Option(
    "raw", .text, "The size of bare frames.", placeholder: "WIDTHxHEIGHT")
  static let channels = Option(
    "channels", .integer(in: 1...4), "The channels of bare frames: 1, 3 or 4."
  ).default(3)
  static let attempts = Option(
    "attempts", .integer(in: 1...100), "How often what may pass the second time is tried."
  ).default(5)
  static let temporaryFolder = Option(
    "temp-dir", .path(.folder), "The folder for files without a name.", placeholder: "DIR",
    environment: "MEDIARY_TEMP_DIR", setting: "temp_dir")
  static let serverConfiguration = Option(
    "server-config", .path(.file),
    "A generator server's configuration: its codec, container and metadata keys are the defaults.",
    placeholder: "FILE")
  static let metadata = Option(
    "metadata", .text, "How it was made: a JSON object, or @FILE to read it from.",
    placeholder: "JSON")
  static let strict = Option.flag("strict", "Refuse a name or format that does not fit.")
  static let dryRun = Option.flag("dry-run", "Say what would be written, and write nothing.")

  static let pictures: [any OptionKey] = [
    input, output, array, layout, range, asIs, perRow, raw, channels,
  ]
  static let discipline: [any OptionKey] = [
    serverConfiguration, metadata, attempts, temporaryFolder, strict, dryRun,
  ]

  /// What a server's configuration says, where one is named.
  static func server(_ arguments: ParsedArguments) throws -> ServerConfiguration? {
    try arguments[serverConfiguration].map { try ServerConfiguration.read($0) }
  }

  /// What is to be told of how it was made.
  static func metadata(
    _ arguments: ParsedArguments, _ server: ServerConfiguration?
  ) throws -> SaveMetadata? {
    guard let given = arguments[metadata] else { return nil }
    let options = MetadataWriteOptions(placement: server?.placement ?? .embedded)
    return try SaveMetadata(try MetadataCommands.text(given), options: options)
  }

  /// How the input is to be taken.
  static func frames(
    _ arguments: ParsedArguments, _ configuration: Configuration
  ) throws -> FrameInput.Options {
    var options = FrameInput.Options()
    options.temporaryFolder = configuration[MediarySettings.temporaryFolder]
    options.array = arguments[array]
    options.layout = try arguments[layout].map { try PixelLayout(named: $0) }
    if let size = arguments[raw] {
      let sides = size.split(separator: "x").map { Int($0) }
      guard sides.count == 2, let width = sides[0], let height = sides[1] else {
        throw UsageFailure(
          .usageBadValue, "'\(size)' is no size of frames", hint: "write it as 1280x720")
      }
      options.raw = try RawFrames.Form(
        width: width, height: height, channels: arguments[channels])
    }
    return options
  }

  /// How numbers become pixels.
  static func pixels(_ arguments: ParsedArguments, rounds: Bool) -> PixelSettings {
    var pixels = PixelSettings(rounds: rounds)
    pixels.perRow = arguments[perRow]
    pixels.normalizes = !arguments[asIs]
    if let range = arguments[range] {
      pixels.range = Float(range.lowerBound)...Float(range.upperBound)
    }
    return pixels
  }

  /// Shows what would be written where.
  static func show(
    plan path: FilePath, codec: String, notes: [String], _ context: CommandContext
  ) throws {
    var object: JSONObject = [
      "path": .string(path.text), "codec": .string(codec), "dry_run": true,
    ]
    if !notes.isEmpty { object["notes"] = .array(notes.map { .string($0) }) }
    try context.answer(
      .object(object),
      or: ["Would write \(path, .strong) as \(codec)."] + notes.map { StyledText($0, .quiet) })
  }

  /// Shows what was written.
  static func show(_ written: WrittenFile, _ context: CommandContext) throws {
    var facts: [String] = []
    if let width = written.width, let height = written.height { facts.append("\(width)×\(height)") }
    if let frames = written.frames { facts.append(HumanText.count(frames, "frame")) }
    if let samples = written.samples, let rate = written.sampleRate, rate > 0 {
      facts.append(HumanText.clock(.seconds(Double(samples) / Double(rate)), decimals: 1))
    }
    facts += [written.codec] + [written.soundCodec].compactMap { $0 }
    facts.append(HumanText.bytes(written.size))
    var notes = written.notes.map { StyledText($0, .quiet) }
    if let sidecar = written.sidecar { notes.append("  in \(sidecar)") }
    try context.answer(
      .object(written.json),
      or: ["\(written.path, .strong)  \(facts.joined(separator: " · "))"]
        + notes)
  }
}
