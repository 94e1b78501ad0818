import Foundations
import Testing

@Suite("Tables that contradict themselves")
struct TableCheckTests {
  /// What the process says on standard error as it ends.
  static func complaint(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }

  @Test("Two options of one spelling are a defect")
  func spellings() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let mine = Option.flag("hold", "Hold.", short: "h")
      let other = Option.toggle("hold", "Hold.")
      _ = Program(
        name: "x", version: "1", summary: "X.",
        groups: [.init("G", [CommandSpec("a", "A.", options: [mine, other])])])
    }
    #expect(Self.complaint(result).contains("'-h' stands twice among the options of x a"))
    #expect(Self.complaint(result).contains("'--hold' stands twice among the options of x a"))
  }

  @Test("Names that cannot be typed, and letters that are none, are a defect")
  func names() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let five = Option("five", .choice([.init("a b")]), "Five.", short: "5")
      _ = Program(
        name: "x", version: "1", summary: "X.", options: [five],
        groups: [
          .init("G", [CommandSpec("a b", "A."), CommandSpec("c", "C."), CommandSpec("c", "C.")])
        ])
    }
    let complaint = Self.complaint(result)
    #expect(complaint.contains("'-5' is no letter"))
    #expect(complaint.contains("--five 'a b' cannot be typed as one word"))
    #expect(complaint.contains("'a b' among the commands of x is no plain word"))
    #expect(complaint.contains("'c' stands twice among the commands of x"))
  }

  @Test("Arguments nobody could tell apart are a defect")
  func arguments() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let some = Argument("SOME", .text, "Some.").many()
      let more = Argument("MORE", .text, "More.").many()
      let maybe = Argument("MAYBE", .text, "Maybe.").optional()
      let last = Argument("LAST", .text, "Last.")
      let words = Option("words", .text, "Words.").several()
      let away = Argument("AWAY", .text, "Away.").unless(Option.flag("gone", "Gone."))
      _ = Program(
        name: "x", version: "1", summary: "X.",
        groups: [
          .init(
            "G",
            [
              CommandSpec("two", "Two.", arguments: [some, more]),
              CommandSpec("gap", "Gap.", arguments: [maybe, last]),
              CommandSpec("both", "Both.", arguments: [last], options: [words]),
              CommandSpec(
                "deep", "Deep.", arguments: [last], subcommands: [CommandSpec("d", "D.")]),
              CommandSpec("away", "Away.", arguments: [away], seeAlso: ["nowhere"]),
            ])
        ])
    }
    let complaint = Self.complaint(result)
    #expect(complaint.contains("x two has more than one argument without a fixed count"))
    #expect(complaint.contains("x gap has an argument after one that may be left out"))
    #expect(complaint.contains("x both --words takes several words and so do the arguments"))
    #expect(complaint.contains("x deep has subcommands and arguments"))
    #expect(complaint.contains("x away AWAY is replaced by --gone, which it has not"))
    #expect(complaint.contains("x away refers to nowhere, which there is not"))
  }

  @Test("Asking for an option of another command is a defect, not a nil")
  func foreignOption() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try Sample.arguments("probe", "x")[Sample.jobs]
    }
    #expect(Self.complaint(result).contains("--jobs is no option of 'probe'"))
  }
}
