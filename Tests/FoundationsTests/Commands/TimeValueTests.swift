import Foundations
import Testing

@Suite("Times on the command line")
struct TimeValueTests {
  private static let since = Option("from", .time, "Since when.")
  private static let until = Option("to", .lastTime, "Until when.")
  private static let zone = Option("zone", .zone, "Of which zone.")
  private static let bird = Option(
    "bird", .own("BIRD", "a bird") { $0 == "owl" ? 7 : nil }, "Which bird.")

  private static let program = Program(
    name: "p", version: "1", summary: "Does things.",
    groups: [
      Program.CommandGroup(
        "All", [CommandSpec("go", "Go.", options: [since, until, zone, bird])])
    ])

  private static func parse(_ words: String...) -> Result<ParsedArguments, UsageFailure> {
    program.parse((["go"] + words).map { ArgumentWord($0) }).outcome.flatMap { outcome in
      guard case .run(let arguments) = outcome else { preconditionFailure("it runs") }
      return .success(arguments)
    }
  }

  @Test("A time is RFC 3339 with its zone")
  func moment() throws {
    let given = try Self.parse("--from", "2026-11-21T14:30:00.25+01:00").get()
    #expect(given[Self.since]?.description == "2026-11-21T13:30:00.250Z")
    let same = try Self.parse("--to", "2026-11-21T14:30:00.25+01:00").get()
    #expect(same[Self.until] == given[Self.since])
  }

  @Test("A plain day reaches from its first to its last microsecond in UTC")
  func day() throws {
    let given = try Self.parse("--from", "2024-02-29", "--to", "2024-02-29").get()
    let (from, to) = (try #require(given[Self.since]), try #require(given[Self.until]))
    #expect(from.description == "2024-02-29T00:00:00.000Z")
    #expect(to - from == .seconds(86_400) - .microseconds(1))
  }

  @Test(
    "What is no time says what one looks like",
    arguments: [
      "yesterday", "2026-02-30", "2026-11-21T14:30:00", "14:30", "2026-11-2", "2026-11-21Z", "",
    ])
  func refused(text: String) {
    guard case .failure(let failure) = Self.parse("--from", text) else {
      Issue.record("\(text) was taken")
      return
    }
    #expect(failure.code == .usageBadValue)
    #expect(failure.message.contains("such as 2026-11-21 (of UTC), or a time such as"))
  }

  @Test(
    "A zone is how far it is east of UTC",
    arguments: [("+01:00", 3_600), ("-05:30", -19_800), ("Z", 0), ("+00:00", 0)])
  func zones(text: String, seconds: Int) throws {
    #expect(try Self.parse("--zone", text).get()[Self.zone] == .seconds(seconds))
  }

  @Test("What is no zone is refused", arguments: ["Berlin", "+1", "01:00", "+24:00", "+01:60"])
  func noZone(text: String) {
    guard case .failure(let failure) = Self.parse("--zone", text) else {
      Issue.record("\(text) was taken")
      return
    }
    #expect(
      failure.message == "'--zone' cannot be '\(text)': expected a zone such as +01:00, -05:30 or Z"
    )
  }

  @Test("A kind of the program's own is read, refused and shown in its words")
  func own() throws {
    #expect(try Self.parse("--bird", "owl").get()[Self.bird] == 7)
    guard case .failure(let failure) = Self.parse("--bird", "cat") else {
      Issue.record("a cat was taken")
      return
    }
    #expect(failure.message == "'--bird' cannot be 'cat': expected a bird")
    let place = try #require(Self.program.place(at: ["go"]))
    let help = Self.program.help(for: place, width: 80).map(\.text).joined(separator: "\n")
    #expect(help.contains("--bird BIRD") && help.contains("--from WHEN"))
    #expect(help.contains("--zone ZONE"))
  }
}
