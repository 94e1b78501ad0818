import EmbeddedMetadata
import Foundations

/// `mediary metadata`: how a file was made, kept in the file.
enum MetadataCommands {
  static let group = CommandSpec(
    "metadata", "Read, write, strip or copy how a file was made.",
    description: [
      "Pixels and samples are never touched. A new file takes the old one's place in one step, and "
        + "keeps its mode and times; large MP4 films are patched. Signed files and formats without a place get a sidecar, "
        + "`<stem>.json`, and a note says so."
    ],
    seeAlso: ["probe", "write"])

  static let all: [any Command.Type] = [
    MetadataReadCommand.self, MetadataWriteCommand.self, MetadataStripCommand.self,
    MetadataCopyCommand.self,
  ]

  static let placement = Option(
    "placement", .choice(of: MetadataWriteOptions.Placement.self), "Where they go.",
    placeholder: "WHERE"
  ).default(.embedded, shownAs: "embedded")
  static let dryRun = Option.flag("dry-run", "Say what would be done, and do nothing.")

  /// More than any program writes about a file.
  private static let most = 16 << 20

  /// Metadata as they are typed: JSON, or the name of a file with it behind an @.
  static func text(_ given: String) throws -> String {
    guard given.hasPrefix("@") else { return given }
    let file = FilePath(String(given.dropFirst()))
    return String(decoding: try SmallFile.read(file, limit: most), as: UTF8.self)
  }

  /// Shows what a change did.
  static func show(_ writing: MetadataWriting, _ context: CommandContext) throws {
    let place = writing.place ?? (writing.sidecar == nil ? "nowhere" : "sidecar")
    var object: JSONObject = [
      "path": .string(writing.path.text), "where": .string(place), "bytes": .int(writing.bytes),
    ]
    object["sidecar"] = writing.sidecar.map { .string($0.text) }
    object["note"] = writing.note.map { .string($0) }
    var lines: [StyledText] = [
      "\(writing.path, .strong)  \(place) · \(HumanText.bytes(writing.bytes))"
    ]
    if let sidecar = writing.sidecar { lines.append("  in \(sidecar)") }
    if let note = writing.note { lines.append("  \(note, .quiet)") }
    try context.answer(.object(object), or: lines)
  }
}

/// `mediary metadata read`.
enum MetadataReadCommand: Command {
  private static let file = Argument("FILE", .path(.file), "A media file.")

  static let spec = CommandSpec(
    "read", "Show how a file was made: prompt, model, seed and the rest.",
    description: [
      "Understands what Mediary, Wan2GP, AUTOMATIC1111, ComfyUI, InvokeAI and SwarmUI write."
    ],
    arguments: [file],
    examples: [
      CommandExample("mediary metadata read clip.mp4 --json | jq -r .record.prompt", "The prompt")
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let path = arguments[file]
    let reading = try EmbeddedMetadata.read(path, stop: context.stop)
    try context.answer(
      [
        "path": .string(path.text), "source": .string(reading.source),
        "where": .string(reading.place), "record": reading.record.json,
        "raw": .string(reading.raw),
      ], or: lines(reading, path))
    return .success
  }

  private static func lines(_ reading: MetadataReading, _ path: FilePath) -> [StyledText] {
    var lines: [StyledText] = [
      "\(path, .strong)  \(reading.source) · \(reading.place, .quiet)"
    ]
    for (name, value) in reading.record.json.object?.members ?? [] {
      let text = value.string ?? value.text()
      let label = StyledText(String(name.map { $0 == "_" ? " " : $0 }), .accent).padded(to: 17)
      lines.append("  " + label + StyledText(text))
    }
    if reading.record.isEmpty { lines.append("  " + StyledText(reading.raw)) }
    return lines
  }
}

/// `mediary metadata write`.
enum MetadataWriteCommand: Command {
  private static let file = Argument("FILE", .path(.file), "A media file.")
  private static let set = Option(
    "set", .text, "The metadata: a JSON object, or @FILE to read it from.", placeholder: "JSON"
  ).required()

  static let spec = CommandSpec(
    "write", "Put how a file was made into it.", arguments: [file],
    options: [set, MetadataCommands.placement, MetadataCommands.dryRun],
    examples: [
      CommandExample(
        #"mediary metadata write clip.mp4 --set '{"prompt": "a red kite", "seed": 7}'"#,
        "Keep the prompt with the film")
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let text = try MetadataCommands.text(arguments[set])
    let options = MetadataWriteOptions(placement: arguments[MetadataCommands.placement])
    let path = arguments[file]
    if arguments[MetadataCommands.dryRun] {
      let plan = try EmbeddedMetadata.plan(path, text: text, options: options, stop: context.stop)
      try MetadataCommands.show(
        MetadataWriting(
          path: path, place: plan.place, sidecar: plan.sidecar, bytes: plan.bytes,
          method: plan.method, note: plan.note ?? "nothing was written (--dry-run)"), context)
      return .success
    }
    try MetadataCommands.show(
      try EmbeddedMetadata.write(text, to: path, options: options, stop: context.stop), context)
    return .success
  }
}

/// `mediary metadata strip`.
enum MetadataStripCommand: Command {
  private static let file = Argument("FILE", .path(.file), "A media file.")
  private static let sidecar = Option.flag("sidecar", "Remove the sidecar beside it too.")

  static let spec = CommandSpec(
    "strip", "Take out of a file how it was made.", arguments: [file], options: [sidecar])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try MetadataCommands.show(
      try EmbeddedMetadata.strip(
        arguments[file], sidecar: arguments[sidecar], stop: context.stop), context)
    return .success
  }
}

/// `mediary metadata copy`.
enum MetadataCopyCommand: Command {
  private static let from = Argument("FROM", .path(.file), "The file that has them.")
  private static let to = Argument("TO", .path(.file), "The file that gets them.")

  static let spec = CommandSpec(
    "copy", "Put how one file was made into another, of whatever format.", arguments: [from, to],
    options: [MetadataCommands.placement])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let options = MetadataWriteOptions(placement: arguments[MetadataCommands.placement])
    try MetadataCommands.show(
      try EmbeddedMetadata.copy(
        from: arguments[from], to: arguments[to], options: options, stop: context.stop), context)
    return .success
  }
}
