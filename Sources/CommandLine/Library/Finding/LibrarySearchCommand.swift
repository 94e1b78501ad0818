import Engine
import Foundations
import Library
import Model

/// `mediary library search`: assets whose words answer.
enum LibrarySearchCommand: Command {
  private static let words = Argument(
    "WORDS", .text, "Words, \"phrases\", beginnings (`sun*`) and parts (`*set`) of words."
  ).many()
  private static let ranking = Option(
    "ranking", .choice(of: SearchRanking.self), "What comes first: the newest, or the best."
  ).default(.newest, shownAs: "newest")

  static let spec = CommandSpec(
    "search", "Find assets by their words: prompts, names, notes.",
    description: [
      "All words must be there, in whatever field. Accents and case do not matter; words of Chinese, "
        + "Japanese and Korean are found inside of sentences. Where a word is found nowhere, words that it "
        + "is part of are."
    ],
    arguments: [words], options: [ranking] + PageOptions.all + FilterOptions.all,
    examples: [
      CommandExample("mediary library search lighthouse dusk", "Both words, in any order"),
      CommandExample(#"mediary library search '"red kite"' --kind video"#, "A phrase, films alone"),
    ],
    seeAlso: ["library list", "library similar"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let filter = try FilterOptions.filter(arguments)
    let place = try PageOptions.place(arguments)
    return try context.withLibrary { open in
      let page = try open.library.finding.search(
        arguments[words].joined(separator: " "), filter, arguments[ranking], after: place,
        atMost: arguments[PageOptions.limit], stop: context.stop)
      try context.answer(
        page.json { hit in
          var object = hit.asset.json(open.library).object ?? JSONObject()
          object["field"] = .string(hit.field)
          object["snippet"] = .string(hit.snippet)
          return .object(object)
        },
        or: page.items.isEmpty ? ["Nothing answers to that."] : page.items.flatMap(lines))
      PageOptions.sayMore(page, context)
      return .success
    }
  }

  private static func lines(_ hit: SearchHit) -> [StyledText] {
    [
      "\(hit.asset.id.text, .accent)  \(hit.asset.name, .strong)  \(AssetText.summary(hit.asset), .quiet)",
      "  " + StyledText(hit.field, .quiet).padded(to: 8)
        + StyledText(hit.snippet.map { $0.isNewline ? " " : String($0) }.joined()),
    ]
  }
}
