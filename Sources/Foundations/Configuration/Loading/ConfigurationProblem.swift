/// One thing that is wrong with the configuration: where, what, and how to mend it.
package struct ConfigurationProblem: Sendable, Equatable, CustomStringConvertible {
  /// Where it is wrong.
  package enum Place: Sendable, Equatable {
    /// In a line of a file.
    case line(FilePath, TOMLPosition, QuotedLine)
    /// In a file as a whole.
    case file(FilePath)
    /// In a variable of the environment.
    case environment(String)
    /// In a flag.
    case flag(String)
  }

  /// Where it is wrong.
  package let place: Place
  /// The setting it concerns, by its whole name; nil where it concerns none.
  package let setting: String?
  /// What is wrong; one sentence without a full stop.
  package let message: String
  /// How to mend it, where that is clear.
  package let hint: String?

  /// The place and the message, then the offending line with a caret below it; without the hint.
  package var description: String {
    switch place {
    case .line(let path, let position, let quoted):
      "\(TerminalSafe.path(path)):\(position.line):\(position.column): \(message)\n"
        + quoted.text(line: position.line)
    case .file(let path): "\(TerminalSafe.path(path)): \(message)"
    case .environment(let name): "environment \(name): \(message)"
    case .flag(let name): "\(name): \(message)"
    }
  }

  /// The problem for machines.
  package var json: JSONValue {
    var object: JSONObject = [:]
    switch place {
    case .line(let path, let position, _):
      object["path"] = .string(path.text)
      object["line"] = .int(position.line)
      object["column"] = .int(position.column)
    case .file(let path): object["path"] = .string(path.text)
    case .environment(let name): object["environment"] = .string(name)
    case .flag(let name): object["flag"] = .string(name)
    }
    object["key"] = .string(orNull: setting)
    object["message"] = .string(message)
    object["hint"] = .string(orNull: hint)
    return .object(object)
  }
}
