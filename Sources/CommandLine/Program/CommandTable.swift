import Engine
import Foundations

/// Which commands there are, under which headings; everything else is made from it.
enum CommandTable {
  /// A command, or a word with commands below it.
  indirect enum Row {
    case command(any Command.Type)
    case group(CommandSpec, [Row])

    /// Commands below a word.
    static func group(_ spec: CommandSpec, _ commands: [any Command.Type]) -> Row {
      .group(spec, commands.map { .command($0) })
    }

    var spec: CommandSpec {
      switch self {
      case .command(let command): command.spec
      case .group(let spec, let rows):
        CommandSpec(
          spec.name, spec.summary, description: spec.description,
          subcommands: rows.map(\.spec), seeAlso: spec.seeAlso)
      }
    }

    /// The command that a path of names leads to, from here on.
    func command(at path: ArraySlice<String>) -> (any Command.Type)? {
      guard path.first == spec.name else { return nil }
      switch self {
      case .command(let command): return path.count == 1 ? command : nil
      case .group(_, let rows):
        return rows.lazy.compactMap { $0.command(at: path.dropFirst()) }.first
      }
    }
  }

  private static let groups: [(title: String, rows: [Row])] = [
    (
      "Media",
      [
        .command(ProbeCommand.self), .command(EncodeCommand.self), .command(SearchCommand.self),
        .command(VMAFCommand.self), .command(ScenesCommand.self), .command(CropCommand.self),
        .command(ExtractCommand.self),
        .group(WriteCommands.group, WriteCommands.all),
        .group(MetadataCommands.group, MetadataCommands.all),
      ]
    ),
    (
      "Library",
      [
        .group(LibraryCommands.group, LibraryCommands.all),
        .group(RunCommands.group, RunCommands.all),
        .group(WorkflowCommands.group, WorkflowCommands.rows),
      ]
    ),
    (
      "Jobs",
      [.group(JobCommands.group, JobCommands.all), .command(WorkerCommand.self)]
    ),
    (
      "Installation",
      [
        .command(DoctorCommand.self), .group(ConfigCommands.group, ConfigCommands.all),
        .command(VersionCommand.self), .command(CompletionsCommand.self),
        .command(HelpCommand.self),
      ]
    ),
  ]

  /// The program as parser, help, manual and completions see it.
  static let program = Program(
    name: "mediary", version: Version.number,
    summary: "Keeps, describes and encodes media, each content once.",
    description: [
      "Mediary takes pictures, films and sounds from wherever they are made, stores each content "
        + "once with how it came to be, looks into it, makes it small, and hands it back.",
      "Data goes to standard output and talk to standard error. With `--json` an answer is one "
        + "object or a line of JSON for each thing, and so is an error.",
    ],
    options: GlobalOptions.all,
    groups: groups.map { group in
      Program.CommandGroup(group.title, group.rows.map(\.spec))
    })

  /// The command that a path of names leads to.
  static func command(at path: [String]) -> (any Command.Type)? {
    groups.lazy.flatMap(\.rows).compactMap { $0.command(at: path[...]) }.first
  }
}
