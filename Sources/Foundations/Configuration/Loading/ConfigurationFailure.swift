/// The configuration is wrong; with everything that is wrong with it.
package struct ConfigurationFailure: Failure {
  package let code: FailureCode
  /// The problems, the weakest layer's first.
  package let problems: [ConfigurationProblem]
  package let cause: (any Error)?

  /// A failure of at least one problem.
  init(_ problems: [ConfigurationProblem], cause: (any Error)? = nil) {
    precondition(!problems.isEmpty, "something must be wrong")
    self.problems = problems
    self.cause = cause
    let areFlags = problems.allSatisfy { if case .flag = $0.place { true } else { false } }
    code = areFlags ? .configurationFlag : .configurationInvalid
  }

  /// The one problem, or all of them, each with its own hint below it.
  package var message: String {
    if problems.count == 1 { return problems[0].description }
    let blocks = problems.map { problem in
      problem.description + (problem.hint.map { "\n  hint: \($0)" } ?? "")
    }
    return "\(problems.count) problems in the configuration\n" + blocks.joined(separator: "\n")
  }

  package var hint: String? { problems.count == 1 ? problems[0].hint : nil }
}

extension FailureCode {
  /// A file or the environment holds a wrong setting.
  package static let configurationInvalid = FailureCode(
    "configuration.invalid", .configuration,
    "A configuration file or a variable of the environment cannot be read or holds a wrong setting."
  )
  /// A flag holds a wrong setting.
  package static let configurationFlag = FailureCode(
    "configuration.flag", .usage, "A flag gives a setting a value it does not take.")
}

/// Something in the environment that looks like a setting and is none.
package struct ConfigurationWarning: Sendable, Equatable, CustomStringConvertible {
  /// The variable.
  package let variable: String
  /// The one that was perhaps meant.
  package let suggestion: String?

  package var description: String {
    "the variable \(TerminalSafe.line(variable)) is set but means nothing"
      + (suggestion.map { "; did you mean \($0)?" } ?? "")
  }
}
