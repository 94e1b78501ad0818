import Engine
import Foundations
import Model

extension CommandContext {
  /// Works with the library that the settings name, and closes it whatever happens.
  func withLibrary<R>(
    _ absence: OpenLibrary.Absence = .refuses, _ body: (OpenLibrary) throws -> R
  ) throws -> R {
    let open = try OpenLibrary.open(try configuration(), absence, stop: stop)
    defer { open.close() }
    return try body(open)
  }
}

/// The options of every command that shows a list, page by page.
enum PageOptions {
  static let limit = Option(
    "limit", .integer(in: 1...1_000), "How many items a page has."
  ).default(50)
  static let cursor = Option(
    "cursor", .text, "Go on where a page ended: its `next_cursor`.", placeholder: "CURSOR")

  static let all: [any OptionKey] = [limit, cursor]

  /// Where the page begins.
  static func place(_ arguments: ParsedArguments) throws -> PageCursor? {
    try arguments[cursor].map { try PageCursor($0) }
  }

  /// What is said to the person below a page that is not the last.
  static func sayMore<Item>(_ page: Page<Item>, _ context: CommandContext) {
    guard let next = page.next else { return }
    context.say("\("more with --cursor \(next)", .quiet)")
  }
}
