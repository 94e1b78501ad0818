/// What a command line says, read and checked: asked by the keys that made the table.
package struct ParsedArguments: Sendable {
  /// An option as it was given.
  package struct Given: Sendable, Equatable {
    /// The option's long name, without hyphens.
    package let name: String
    /// The configuration key it stands for.
    package let setting: String?
    /// The value as it was typed; `true` and `false` for flags.
    package let text: String

    /// An option as it was given.
    package init(name: String, setting: String?, text: String) {
      self.name = name
      self.setting = setting
      self.text = text
    }
  }

  /// The names of the command; empty for the global options alone.
  package let path: [String]
  /// The options as they were given, in order.
  package internal(set) var given: [Given] = []
  /// The names of the options that may be asked for.
  let known: Set<String>
  var optionValues: [String: [any Sendable]] = [:]
  var argumentValues: [String: [any Sendable]] = [:]

  init(path: [String], known: Set<String>) {
    self.path = path
    self.known = known
  }

  /// What an option gives.
  ///
  /// One that is not in the command's table is a defect of the program.
  package subscript<Value>(option: Option<Value>) -> Value {
    guard known.contains(option.spec.name) else {
      fatalError("\(option.spec.flag) is no option of '\(path.joined(separator: " "))'")
    }
    return option.extract(optionValues[option.spec.name] ?? [])
  }

  /// What an argument gives.
  package subscript<Value>(argument: Argument<Value>) -> Value {
    argument.extract(argumentValues[argument.spec.name] ?? [])
  }

  /// Whether an option was typed, as against its default.
  package func isGiven(_ option: any OptionKey) -> Bool {
    given.contains { $0.name == option.spec.name }
  }

  /// The options given that stand for a configuration key, which go before all other sources.
  package var settings: [Given] { given.filter { $0.setting != nil } }
}

/// What a command line asks for.
package enum Invocation: Sendable {
  /// A command to be run.
  case run(ParsedArguments)
  /// The help of a place.
  case help(CommandPlace)
  /// The version.
  case version
}

/// A command line read as far as it could be.
///
/// The global options are there even when the rest makes no sense: how a failure is shown depends
/// on `--json` and `--color`.
package struct Parsing: Sendable {
  /// The global options.
  package let globals: ParsedArguments
  /// What is asked for, or why it cannot be told.
  package let outcome: Result<Invocation, UsageFailure>
}
