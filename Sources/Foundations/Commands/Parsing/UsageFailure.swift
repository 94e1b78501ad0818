/// The caller asked for something that makes no sense.
package struct UsageFailure: Failure {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package var cause: (any Error)? { nil }

  /// A failure; the message names the thing, the hint says what to do.
  package init(_ code: FailureCode, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// Two options that exclude each other, for rules that no table tells.
  package static func conflict(
    _ one: any OptionKey, _ other: any OptionKey, hint: String? = nil
  ) -> UsageFailure {
    UsageFailure(
      .usageConflict, "'\(one.spec.flag)' and '\(other.spec.flag)' exclude each other",
      hint: hint ?? "give one or the other")
  }
}

extension FailureCode {
  /// No command of that name.
  package static let usageUnknownCommand = FailureCode(
    "usage.unknown_command", .usage, "There is no command of that name.")
  /// A group of commands, and none named.
  package static let usageMissingCommand = FailureCode(
    "usage.missing_command", .usage, "The command has commands below it, and none was named.")
  /// No option of that name here.
  package static let usageUnknownOption = FailureCode(
    "usage.unknown_option", .usage, "The command has no option of that name.")
  /// An option without its value.
  package static let usageMissingValue = FailureCode(
    "usage.missing_value", .usage, "The option needs a value, and none followed.")
  /// A value where none is taken.
  package static let usageUnexpectedValue = FailureCode(
    "usage.unexpected_value", .usage, "The option takes no value, and one was given.")
  /// A value that is not of the kind.
  package static let usageBadValue = FailureCode(
    "usage.bad_value", .usage, "The value is not of the kind or range that is expected.")
  /// A required option is not there.
  package static let usageMissingOption = FailureCode(
    "usage.missing_option", .usage, "An option that the command cannot do without was not given.")
  /// A required argument is not there.
  package static let usageMissingArgument = FailureCode(
    "usage.missing_argument", .usage, "An argument that the command needs was not given.")
  /// More arguments than are taken.
  package static let usageTooManyArguments = FailureCode(
    "usage.too_many_arguments", .usage, "More arguments were given than the command takes.")
  /// An option given twice that may be given once.
  package static let usageRepeatedOption = FailureCode(
    "usage.repeated_option", .usage, "An option was given twice that may be given once.")
  /// Two things that exclude each other.
  package static let usageConflict = FailureCode(
    "usage.conflict", .usage, "Two options or arguments were given that exclude each other.")
}
