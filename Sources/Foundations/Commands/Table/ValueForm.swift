/// What a value looks like: enough to describe it and to complete it.
package enum ValueForm: Sendable, Equatable {
  /// Any text.
  case text
  /// A whole number.
  case integer(ClosedRange<Int>)
  /// A number with or without a fraction.
  case number(ClosedRange<Double>)
  /// One of a few words.
  case choice([Choice])
  /// A path to something.
  case path(PathUse)
  /// A length of time.
  case duration
  /// A day, or a moment of one.
  case time
  /// An amount of data.
  case byteSize
  /// A name and a value.
  case pair
  /// Two numbers, the least and the greatest.
  case numberRange
  /// The name of a command.
  case command
  /// A word of a form that only the program knows, and what messages call it.
  case own(placeholder: String, expectation: String)
  /// Several values, with commas between them.
  indirect case list(ValueForm)

  /// One word of a choice.
  package struct Choice: Sendable, Equatable {
    /// The word to be typed.
    package let word: String
    /// What it means, where that is not plain.
    package let summary: String

    /// A word with its meaning.
    package init(_ word: String, _ summary: String = "") {
      self.word = word
      self.summary = summary
    }
  }

  /// What a path is expected to lead to.
  package enum PathUse: Sendable, Equatable { case file, folder }

  /// What stands for the value in a usage line, unless the table says another.
  var placeholder: String {
    switch self {
    case .text: "TEXT"
    case .integer, .number: "N"
    case .choice(let choices):
      choices.map(\.word.count).reduce(choices.count - 1, +) <= 16
        ? choices.map(\.word).joined(separator: "|") : "WORD"
    case .path(.file): "FILE"
    case .path(.folder): "DIR"
    case .duration: "TIME"
    case .time: "WHEN"
    case .byteSize: "SIZE"
    case .pair: "KEY=VALUE"
    case .numberRange: "A,B"
    case .command: "COMMAND"
    case .own(let placeholder, _): placeholder
    case .list(let element): "\(element.placeholder),..."
    }
  }

  /// What was expected, for messages: `a number from 1 to 240`.
  var expectation: String {
    switch self {
    case .text: "text"
    case .integer(let range):
      Self.bounded("a whole number", range.lowerBound > .min, range.upperBound < .max, range)
    case .number(let range):
      Self.bounded(
        "a number", range.lowerBound > -.greatestFiniteMagnitude,
        range.upperBound < .greatestFiniteMagnitude, range)
    case .choice(let choices): Self.either(choices.map { "'\($0.word)'" })
    case .path(.file): "a file"
    case .path(.folder): "a folder"
    case .duration: "a length of time such as 90, 1.5s, 1h30m or 1:30"
    case .time: "a day such as 2026-11-21 (of UTC), or a time such as 2026-11-21T14:30:00+01:00"
    case .byteSize: "a size such as 1500, 10MB or 1.5GiB"
    case .pair: "a name and a value such as key=value"
    case .numberRange: "two numbers such as 0,255, the smaller first"
    case .command: "a command"
    case .own(_, let expectation): expectation
    case .list(let element): "one or more, with commas between them, of \(element.expectation)"
    }
  }

  /// The bounds, in the short form of a help text: `1 to 240`, `at least 1`.
  var bounds: String? {
    switch self {
    case .integer, .number:
      // The words that name the bounds alone stand behind the noun and its preposition.
      [" from ", " of "].lazy.compactMap { word in
        expectation.split(separator: word, maxSplits: 1).dropFirst().first.map(String.init)
      }.first
    case .list(let element): element.bounds
    default: nil
    }
  }

  /// The words there are to choose from, where there is a choice.
  var choices: [Choice] {
    switch self {
    case .choice(let choices): choices
    case .list(let element): element.choices
    default: []
    }
  }

  private static func bounded<Bound: CustomStringConvertible>(
    _ noun: String, _ hasLeast: Bool, _ hasMost: Bool, _ range: ClosedRange<Bound>
  ) -> String {
    let least = plain(range.lowerBound)
    let most = plain(range.upperBound)
    return switch (hasLeast, hasMost) {
    case (true, true): "\(noun) from \(least) to \(most)"
    case (true, false): "\(noun) of at least \(least)"
    case (false, true): "\(noun) of at most \(most)"
    case (false, false): noun
    }
  }

  /// A bound as people write it: 1000 and not 1000.0.
  private static func plain(_ bound: some CustomStringConvertible) -> String {
    let text = bound.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func either(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
