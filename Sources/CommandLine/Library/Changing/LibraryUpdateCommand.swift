import Engine
import Foundations
import Library
import Model

/// `mediary library update`: what people say of an asset.
enum LibraryUpdateCommand: Command {
  private static let name = Option("name", .text, "Its name.", placeholder: "NAME")
  private static let user = Option("user", .text, "Whose it is.", placeholder: "USER")
  private static let tag = Option("tag", .text, "Put a tag on it.", placeholder: "TAG").repeated()
  private static let untag = Option("untag", .text, "Take a tag off.", placeholder: "TAG")
    .repeated()
  private static let notes = Option(
    "notes", .textOrEmpty, "What there is to say; an empty text takes it away.",
    placeholder: "TEXT")
  private static let rating = Option(
    "rating", .integer(in: 0...5), "One to five stars; 0 takes them away.")
  private static let favourite = Option.toggle("favourite", "A favourite, or not any more.")
  private static let set = Option(
    "set", .text, "Other metadata: a JSON object; null takes a member away.",
    placeholder: GivenText.jsonPlaceholder)

  static let spec = CommandSpec(
    "update", "Change an asset's name, tags, notes, stars and other metadata.",
    description: ["What is not named stays as it is. The content never changes."],
    arguments: [LibraryCommands.asset],
    options: [name, user, tag, untag, notes, rating, favourite, set],
    examples: [
      CommandExample(
        "mediary library update ASSET --tag best --rating 5", "Put a tag and five stars on it"),
      CommandExample(
        #"mediary library update ASSET --set '{"camera": {"lens": "35mm"}}'"#,
        "Keep anything else, to be found by `library list --where camera.lens=35mm`"),
    ],
    seeAlso: ["library show"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    try context.withLibrary { open in
      let asset = try open.asset(named: arguments[LibraryCommands.asset])
      var change = AssetChange()
      change.name = arguments[name]
      change.user = arguments[user]
      change.text = arguments[notes]
      change.rating = arguments[rating]
      change.isFavourite = arguments[favourite]
      let (on, off) = (arguments[tag], Set(arguments[untag]))
      if !on.isEmpty || !off.isEmpty {
        change.tags = (asset.notes.tags + on).filter { !off.contains($0) }
      }
      change.extra = try arguments[set].map { try GivenText.object($0, for: set, context) }
      guard change != AssetChange() else {
        throw UsageFailure(
          .usageMissingOption, "nothing is to be changed",
          hint: "say what, such as --tag best; `mediary help library update` shows all")
      }
      let changed = try open.library.change(asset.id, change)
      try context.answer(
        changed.json(open.library), or: AssetText.card(changed, open.library))
      return .success
    }
  }
}
