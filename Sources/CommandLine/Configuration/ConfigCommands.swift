import Engine
import Foundations

/// `mediary config`: what is set, by whom, and a file to start from.
enum ConfigCommands {
  static let group = CommandSpec(
    "config", "Show, make or check the configuration.",
    description: [
      "A value comes from the strongest that names it: a flag, a variable of the environment "
        + "(`MEDIARY_` and the key in capitals), `mediary.toml` in the current folder, "
        + "`~/.config/mediary/mediary.toml`, the default. `--config-file FILE` takes the place of both files."
    ],
    seeAlso: ["doctor"])

  static let all: [any Command.Type] = [
    ConfigShowCommand.self, ConfigInitCommand.self, ConfigCheckCommand.self,
  ]
}

/// `mediary config show`.
enum ConfigShowCommand: Command {
  private static let origin = Option.flag("origin", "Show what set each value.")

  static let spec = CommandSpec(
    "show", "Show every setting and its value.", options: [origin],
    examples: [
      CommandExample("mediary config show --origin", "See which file or variable won"),
      CommandExample("mediary config show --json", "Everything that is known of each setting"),
    ])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let configuration = try context.configuration()
    try context.answer(
      ["settings": configuration.json(MediarySettings.schema)],
      or: lines(configuration, showsOrigin: arguments[origin], context.out.terminal))
    return .success
  }

  private static func lines(
    _ configuration: Configuration, showsOrigin: Bool, _ terminal: Terminal
  ) -> [StyledText] {
    var columns = [TextTable.Column("Key"), TextTable.Column("Value", shrinkOrder: 2)]
    if showsOrigin { columns.append(TextTable.Column("Origin", shrinkOrder: 1, clipping: .middle)) }
    var table = TextTable(columns)
    for setting in configuration.settings {
      var cells = [StyledText(setting.spec.name, .accent), StyledText(setting.shownValue)]
      if showsOrigin {
        cells.append(
          StyledText(setting.origin.description, setting.origin == .default ? .quiet : .plain))
      }
      table.add(cells)
    }
    return table.lines(for: terminal)
  }
}

/// `mediary config init`.
enum ConfigInitCommand: Command {
  private static let file = Argument(
    "FILE", .path(.file), "Where to write; `mediary.toml` in the current folder, or - to show it."
  ).optional()
  private static let force = Option.flag("force", "Replace a file that stands there.")

  static let spec = CommandSpec(
    "init", "Write a configuration file with every setting explained.",
    description: [
      "All settings are commented out: the file changes nothing until you take a # away."
    ],
    arguments: [file], options: [force],
    examples: [
      CommandExample("mediary config init", "Begin a project's configuration"),
      CommandExample("mediary config init ~/.config/mediary/mediary.toml", "Begin your own"),
    ],
    seeAlso: ["config check"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let path = arguments[file] ?? FilePath(ConfigurationSources.fileName)
    let template = ConfigurationTemplate(MediarySettings.schema)
    if path == "-" {
      try context.out.write(bytes: Array(template.text.utf8))
      return .success
    }
    try write(template.text, to: path, replacing: arguments[force])
    try context.answer(
      ["path": .string(path.text)],
      or: ["Wrote \(path, .strong); take a # away to set something."])
    return .success
  }

  private static func write(
    _ text: String, to path: FilePath, replacing: Bool
  ) throws(FileFailure) {
    _ = try Folder.make(path.parent)
    if replacing { return try AtomicFile.replace(path, with: text.utf8) }
    do {
      try AtomicFile.create(path, with: text.utf8)
    } catch {
      guard error.code == .fileExists else { throw error }
      throw FileFailure(
        .fileExists, "\(path) stands there already and was left as it is",
        hint: "name another file, or give --force to replace it", cause: error)
    }
  }
}

/// `mediary config check`.
enum ConfigCheckCommand: Command {
  static let spec = CommandSpec(
    "check", "Check the configuration files and the environment.",
    description: [
      "Every mistake is told with file, line and key, what is expected there, and the nearest key for "
        + "one that does not exist. Ends with status 78 when there is any."
    ],
    examples: [
      CommandExample("mediary config check", "Check what would be read here"),
      CommandExample(
        "mediary config check --config-file new.toml", "Check one file before it counts"),
    ],
    seeAlso: ["config show"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    do throws(ConfigurationFailure) {
      let configuration = try context.configuration()
      let files = configuration.files
      try? context.answer(
        [
          "ok": true, "files": .array(files.map { .string($0.text) }), "problems": [],
          "warnings": .array(configuration.warnings.map { .string($0.description) }),
        ],
        or: [
          files.isEmpty
            ? "There is no configuration file here; all is well."
            : "\(files.map(\.text).joined(separator: ", "), .strong): all is well."
        ])
      for warning in configuration.warnings {
        context.err.say("\("warning", .warning): \(warning.description)")
      }
      return .success
    } catch {
      if context.isJSON {
        try context.out.write(
          data: JSONValue.object([
            "ok": false, "problems": .array(error.problems.map(\.json)), "warnings": [],
          ]).text())
      }
      throw error
    }
  }
}
