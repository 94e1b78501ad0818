// The words of each failure, in one place, so that they sound alike: what was typed in quotation
// marks, then what is near, then where to read on.
extension UsageFailure {
  static func unknownCommand(
    _ word: ArgumentWord, at place: CommandPlace, in program: Program
  ) -> UsageFailure {
    let names = program.children(of: place).compactMap(\.path.last)
    let what =
      place.command == nil
      ? "there is no command '\(word.shown)'"
      : "'\(place.typed(in: program))' has no command '\(word.shown)'"
    let near = NearMiss.suggestions(for: word.shown, among: names)
    // A command of a group, typed without the group.
    let elsewhere = program.places().filter { $0.path.count > 1 && $0.path.last == word.text }
    let meant =
      near.isEmpty
      ? elsewhere.prefix(3).map { "'\($0.typed(in: program))'" } : near.map { "'\($0)'" }
    return UsageFailure(
      .usageUnknownCommand, what, hint: hint(didYouMean: meant, seeHelpOf: place, program))
  }

  static func missingCommand(
    at place: CommandPlace, children: [CommandPlace], in program: Program
  ) -> UsageFailure {
    let names = children.compactMap(\.path.last)
    return UsageFailure(
      .usageMissingCommand,
      "'\(place.typed(in: program))' needs a command: \(either(names))",
      hint: seeHelp(of: place, program))
  }

  static func unknownOption(
    _ word: ArgumentWord, at place: CommandPlace, in program: Program
  ) -> UsageFailure {
    let typed = word.shown
    let message =
      place.command == nil
      ? "there is no option '\(typed)' before the command"
      : "'\(place.typed(in: program))' has no option '\(typed)'"
    // First the place where it does exist: that is no guess.
    let owners = program.places().filter { place in
      (place.command?.options ?? []).contains { !$0.isHidden && $0.spellings.contains(typed) }
    }
    if let owner = owners.first {
      let isBelow = owner.path.starts(with: place.path)
      let name = "'\(owner.typed(in: program))'"
      return UsageFailure(
        .usageUnknownOption, message,
        hint: isBelow && owners.count == 1
          ? "it is an option of \(name) and follows that command's name"
          : "it is an option of \(name); \(seeHelp(of: place, program))")
    }
    let spellings = (place.options + program.options).filter { !$0.isHidden }
      .flatMap(\.spellings).filter { $0.hasPrefix("--") }
    let near = NearMiss.suggestions(
      for: String(typed.dropFirst(2)), among: spellings.map { String($0.dropFirst(2)) })
    return UsageFailure(
      .usageUnknownOption, message,
      hint: hint(didYouMean: near.map { "'--\($0)'" }, seeHelpOf: place, program))
  }

  static func unknownLetter(
    _ typed: String, in word: ArgumentWord, options: [String: OptionSpec], at place: CommandPlace,
    of program: Program
  ) -> UsageFailure {
    // `-json` is most likely `--json`.
    let long = "-" + (word.shown.split(separator: "=").first.map(String.init) ?? word.shown)
    if let option = options[long], !option.isHidden {
      return UsageFailure(
        .usageUnknownOption, "there is no option '\(word.shown)'",
        hint: "did you mean '\(long)'? a single hyphen stands before single letters")
    }
    let who = place.command == nil ? program.name : place.typed(in: program)
    let where_ = word.bytes.count > 2 ? " (in '\(word.shown)')" : ""
    return UsageFailure(
      .usageUnknownOption, "'\(who)' has no option '\(typed)'\(where_)",
      hint: "\(seeHelp(of: place, program)); before a file name that begins with a hyphen put '--'")
  }

  static func unexpectedValue(_ word: ArgumentWord, for typed: String) -> UsageFailure {
    UsageFailure(
      .usageUnexpectedValue, "'\(typed)' takes no value, and '\(word.shown)' was given",
      hint: "write '\(typed)' alone")
  }

  static func missingValue(
    of option: OptionSpec, typed: String, before next: ArgumentWord?
  ) -> UsageFailure {
    let expected = option.form?.expectation ?? "a value"
    let hint = next.map { "if '\($0.shown)' is its value, write '\(typed)=\($0.shown)'" }
    return UsageFailure(
      .usageMissingValue, "'\(typed)' needs a value: \(expected)",
      hint: hint ?? "write '\(typed) \(option.placeholder)'")
  }

  static func badValue(
    _ word: ArgumentWord, for name: String, _ problem: ValueProblem, at place: CommandPlace,
    in program: Program
  ) -> UsageFailure {
    let shown = word.bytes.isEmpty ? "empty" : "'\(word.shown)'"
    return UsageFailure(
      .usageBadValue, "\(name) cannot be \(shown): expected \(problem.expected)",
      hint: hint(
        didYouMean: problem.suggestion.map { ["'\($0)'"] } ?? [], seeHelpOf: place, program))
  }

  static func repeated(_ option: OptionSpec, typed: String) -> UsageFailure {
    UsageFailure(
      .usageRepeatedOption, "'\(typed)' was given more than once",
      hint: "give '\(option.flag)' once")
  }

  static func contradiction(_ flag: OptionSpec) -> UsageFailure {
    UsageFailure(
      .usageConflict, "'\(flag.flag)' and '--no-\(flag.name)' were both given",
      hint: "give one or the other")
  }

  static func missingOption(
    _ option: OptionSpec, at place: CommandPlace, in program: Program
  ) -> UsageFailure {
    UsageFailure(
      .usageMissingOption,
      "'\(place.typed(in: program))' needs '\(option.flag) \(option.placeholder)'",
      hint: seeHelp(of: place, program))
  }

  static func missingArgument(
    _ argument: ArgumentSpec, at place: CommandPlace, in program: Program
  ) -> UsageFailure {
    let stand = argument.replacedBy.map { "give it, or '--\($0)'; " } ?? ""
    return UsageFailure(
      .usageMissingArgument, "'\(place.typed(in: program))' needs \(argument.name)",
      hint: stand + seeHelp(of: place, program))
  }

  static func tooMany(
    _ word: ArgumentWord, after given: Set<String>, at place: CommandPlace, in program: Program
  ) -> UsageFailure {
    // `--svt tune=0 keyint=240`: the second belongs to the option too, but has to say so.
    let isPair = word.shown.contains("=")
    let pairs = place.options.filter { $0.form == .pair && given.contains($0.name) }
    let hint =
      if isPair, let option = pairs.first {
        "each '\(option.flag)' takes one: write '\(option.flag) \(word.shown)'"
      } else {
        seeHelp(of: place, program)
      }
    let takes = place.command?.arguments.isEmpty == true ? "no arguments" : "no further argument"
    return UsageFailure(
      .usageTooManyArguments, "'\(place.typed(in: program))' takes \(takes): '\(word.shown)'",
      hint: hint)
  }

  private static func hint(
    didYouMean meant: [String], seeHelpOf place: CommandPlace, _ program: Program
  ) -> String {
    guard !meant.isEmpty else { return seeHelp(of: place, program) }
    return "did you mean \(either(meant))? \(seeHelp(of: place, program))"
  }

  private static func seeHelp(of place: CommandPlace, _ program: Program) -> String {
    "see '\(place.typed(in: program)) --help'"
  }

  private static func either(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
