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
      try context.each(names, named: { $0 }) { name in
        let asset = try open.asset(named: name)
        let line = try body(open, asset)
        let now = try open.library.asset(asset.id)
        try context.answer(now.json(open.library), or: [line])
      }
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
