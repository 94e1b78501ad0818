import Foundations

/// The options of `mediary encode` by which it tells what was encoded.
enum EncodeHistoryOptions {
  private static let category = "History"

  static let history = Option.flag(
    "history", "List what was encoded, the newest first.", category: category)
  static let limit = Option(
    "limit", .integer(in: 1...1_000_000), "With --history: how many at most.", category: category
  ).default(50)
  static let filter = Option(
    "filter", .text, "With --history: only those with a text in the path of source or output.",
    category: category)
  static let lists = Option(
    "write-lists", .path(.folder),
    "With --history: write encoded_files.txt, encoding_times.txt, input_sizes.txt and output_sizes.txt there.",
    placeholder: "DIR", category: category)

  static let all: [any OptionKey] = [history, limit, filter, lists]

  /// Refuses those that say more about a history that is not asked for.
  static func refuse(_ arguments: ParsedArguments) throws {
    for option in all where arguments.isGiven(option) {
      throw UsageFailure(
        .usageConflict, "'\(option.spec.flag)' says more about '--history'", hint: "add --history")
    }
  }
}
