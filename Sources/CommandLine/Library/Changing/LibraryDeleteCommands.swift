import Engine
import Foundations
import Library
import Model

/// `mediary library delete`: to the trash.
enum LibraryDeleteCommand: Command {
  private static let assets = Argument(
    "ASSET", .text, "An asset: its id, or the SHA-256 of its content."
  ).many()
  private static let force = Option.flag(
    "force", "Delete it although a run or a workflow refers to it.")

  static let spec = CommandSpec(
    "delete", "Move assets to the trash.",
    description: [
      "Their content stays until `mediary library gc --trash-older-than AGE` empties the trash. What a run "
        + "or a workflow refers to is refused, unless told otherwise."
    ],
    arguments: [assets], options: [force],
    examples: [CommandExample("mediary library delete ASSET", "Move one to the trash")],
    seeAlso: ["library undelete", "library cleanup", "library gc"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try eachAsset(arguments[assets], context) { open, asset in
      try open.library.delete(asset.id, evenIfReferenced: arguments[force])
      return "\("deleted", .warning)  \(asset.id.text, .accent)  \(asset.name)"
    }
  }

  /// Does something to each asset named, tells of it, and goes on after those that fail.
  static func eachAsset(
    _ names: [String], _ context: CommandContext,
    _ body: (OpenLibrary, Asset) throws -> StyledText
  ) throws -> ExitStatus {
    try context.withLibrary { open in
      var status = ExitStatus.success
      for name in names {
        try context.stop.check()
        do {
          let asset = try open.asset(named: name)
          let line = try body(open, asset)
          let now = try open.library.asset(asset.id)
          try context.answer(now.json(open.library), or: [line])
        } catch {
          let failure = error.asFailure
          guard names.count > 1, failure.kind != .brokenPipe else { throw failure }
          context.report(failure, about: name)
          if status == .success { status = ExitStatus(failure) }
        }
      }
      return status
    }
  }
}

/// `mediary library undelete`: back from the trash.
enum LibraryUndeleteCommand: Command {
  private static let assets = Argument(
    "ASSET", .text, "An asset: its id, or the SHA-256 of its content."
  ).many()

  static let spec = CommandSpec(
    "undelete", "Bring assets back from the trash.", arguments: [assets],
    seeAlso: ["library delete", "library list"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try LibraryDeleteCommand.eachAsset(arguments[assets], context) { open, asset in
      try open.library.undelete(asset.id)
      return "\("back", .good)  \(asset.id.text, .accent)  \(asset.name)"
    }
  }
}
