import Engine
import Foundations
import Model
import Runs

/// `mediary run delete`.
enum RunDeleteCommand: Command {
  static let spec = CommandSpec(
    "delete", "Move runs to the trash, folder and all.",
    description: ["Their outputs stay in the library. A run comes back with `run undelete`."],
    arguments: [RunCommands.runs], seeAlso: ["run undelete", "run purge"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withLibrary { open in
      try context.each(arguments[RunCommands.runs]) { id in
        _ = try open.runs.delete(id)
        try RunCommands.show(id, in: open, did: "deleted", context)
      }
    }
  }
}

/// `mediary run undelete`.
enum RunUndeleteCommand: Command {
  static let spec = CommandSpec(
    "undelete", "Bring runs back from the trash.", arguments: [RunCommands.runs],
    seeAlso: ["run delete"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withLibrary { open in
      try context.each(arguments[RunCommands.runs]) { id in
        _ = try open.runs.undelete(id)
        try RunCommands.show(id, in: open, did: "undeleted", context)
      }
    }
  }
}

/// `mediary run archive`.
enum RunArchiveCommand: Command {
  static let spec = CommandSpec(
    "archive", "Pack runs into ZIP files, by year.",
    description: [
      "The ZIP is read again and compared before the run's folder goes. Its outputs stay in the library, and "
        + "`run show` reads the ZIP."
    ],
    arguments: [RunCommands.runs], seeAlso: ["run unarchive"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withLibrary { open in
      try context.each(arguments[RunCommands.runs]) { id in
        _ = try open.runs.archive(id, stop: context.stop)
        try RunCommands.show(id, in: open, did: "archived", context)
      }
    }
  }
}

/// `mediary run unarchive`.
enum RunUnarchiveCommand: Command {
  static let spec = CommandSpec(
    "unarchive", "Unpack runs from their ZIP files.", arguments: [RunCommands.runs],
    seeAlso: ["run archive"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withLibrary { open in
      try context.each(arguments[RunCommands.runs]) { id in
        _ = try open.runs.unarchive(id, stop: context.stop)
        try RunCommands.show(id, in: open, did: "unarchived", context)
      }
    }
  }
}

/// `mediary run purge`.
enum RunPurgeCommand: Command {
  private static let dryRun = Option.flag("dry-run", "Say what would go, and leave it.")

  static let spec = CommandSpec(
    "purge", "Remove runs in the trash for good.",
    description: [
      "Nothing brings them back. Their outputs stay in the library. A run that is not in the trash is refused."
    ],
    arguments: [RunCommands.runs], options: [dryRun], seeAlso: ["run delete"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let isDryRun = arguments[dryRun]
    return try context.withLibrary { open in
      try context.each(arguments[RunCommands.runs]) { id in
        // What it was can be told only before it goes.
        let report = try open.report(on: id)
        guard report.metadata.run.deletedAt != nil else {
          throw RunFailure(
            .runNotDeleted, "run \(id) is not in the trash", hint: "delete it first")
        }
        if !isDryRun { try open.runs.purge(id, stop: context.stop) }
        var object = report.json
        object["purged"] = .bool(!isDryRun)
        let what = isDryRun ? StyledText("would go", .warning) : StyledText("purged", .good)
        let outputs = HumanText.count(report.assets.count, "output")
        try context.answer(
          .object(object),
          or: [what + "  \(id.text, .strong)  " + .dotted([StyledText(outputs)])])
      }
    }
  }
}
