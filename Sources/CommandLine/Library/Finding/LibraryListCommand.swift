import Engine
import Foundations
import Library
import Model

/// `mediary library list`: assets in an order.
enum LibraryListCommand: Command {
  private static let sort = Option(
    "sort", .choice(of: AssetOrder.Key.self), "What the list goes by."
  ).default(.date, shownAs: "date")
  private static let ascending = Option.toggle(
    "ascending", "The smallest or oldest first.", defaultText: "names alone")

  static let spec = CommandSpec(
    "list", "List assets, filtered and sorted.",
    description: [
      "A page at a time; any depth is equally fast. The answer's `next_cursor` is where the next page "
        + "begins, given the same filter and order."
    ],
    options: [sort, ascending] + PageOptions.all + FilterOptions.all,
    examples: [
      CommandExample("mediary library list --kind video --sort size", "The largest films"),
      CommandExample("mediary library list --from 2026-11-01 --tag best", "The best of a month"),
      CommandExample("mediary library list --duplicates", "What came more than once"),
    ],
    seeAlso: ["library search", "library show"])

  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus {
    let key = arguments[sort]
    let order = AssetOrder(key, isDescending: !(arguments[ascending] ?? (key == .name)))
    let filter = try FilterOptions.filter(arguments)
    let place = try PageOptions.place(arguments)
    return try context.withLibrary { open in
      let page = try open.library.finding.list(
        filter, order, after: place, atMost: arguments[PageOptions.limit], stop: context.stop)
      try context.answer(
        page.json { $0.json(open.library) },
        or: page.items.isEmpty
          ? ["Nothing answers to that."]
          : AssetText.table(page.items.map { (StyledText(), $0) }, context.out.terminal))
      PageOptions.sayMore(page, context)
      return .success
    }
  }
}
