/// One row of the flag table: an option as help, manual, completions and parser see it.
package struct OptionSpec: Sendable {
  /// How often an option may be given.
  package enum Repetition: Sendable {
    /// Once.
    case once
    /// Any number of times, with one value each.
    case repeated
    /// Any number of times, each followed by any number of words, up to the next option.
    case several
  }

  /// The long name, without hyphens.
  package let name: String
  /// The letter, without a hyphen.
  package let short: Character?
  /// What it is for, in one sentence; `backticks` mark what is typed.
  package let summary: String
  /// More for the manual.
  package let details: [String]
  /// The form of its value; nil for a flag.
  package let form: ValueForm?
  /// What stands for the value in usage lines.
  package let placeholder: String
  /// The heading it stands under.
  package let category: String
  /// What holds when it is not given.
  package internal(set) var defaultText: String?
  /// The environment variable that does the same.
  package let environment: String?
  /// The configuration key that does the same.
  package let setting: String?
  /// Whether it is known to the parser alone.
  package let isHidden: Bool
  /// Whether there is a `--no-…` of it.
  package let isNegatable: Bool
  /// How often it may be given.
  package internal(set) var repetition = Repetition.once
  /// Whether it must be given.
  package internal(set) var isRequired = false
  let read: @Sendable (ArgumentWord) throws(ValueProblem) -> any Sendable

  /// The long name as it is typed.
  package var flag: String { "--\(name)" }

  /// The spellings under which the parser knows it, as they are typed.
  package var spellings: [String] {
    [flag] + (isNegatable ? ["--no-\(name)"] : []) + (short.map { ["-\($0)"] } ?? [])
  }
}
