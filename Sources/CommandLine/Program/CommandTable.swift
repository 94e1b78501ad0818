import Engine
import Foundations

/// Which commands there are, under which headings; everything else is made from it.
enum CommandTable {
  /// A command, or a word with commands below it.
  private enum Row {
    case command(any Command.Type)
    case group(CommandSpec, [any Command.Type])
  }

  private static let groups: [(title: String, rows: [Row])] = [
    (
      "Media",
      [
        .command(ProbeCommand.self), .group(WriteCommands.group, WriteCommands.all),
        .group(MetadataCommands.group, MetadataCommands.all),
      ]
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
      Program.CommandGroup(
        group.title,
        group.rows.map { row in
          switch row {
          case .command(let command): command.spec
          case .group(let spec, let commands):
            CommandSpec(
              spec.name, spec.summary, description: spec.description,
              subcommands: commands.map { $0.spec }, seeAlso: spec.seeAlso)
          }
        })
    })

  /// The command that a path of names leads to.
  static func command(at path: [String]) -> (any Command.Type)? {
    for row in groups.flatMap(\.rows) {
      switch row {
      case .command(let command) where path == [command.spec.name]: return command
      case .group(let spec, let commands) where path.first == spec.name:
        return commands.first { path == [spec.name, $0.spec.name] }
      default: continue
      }
    }
    return nil
  }
}
