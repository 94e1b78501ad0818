/// What set a setting, from the weakest to the strongest.
package enum SettingOrigin: Sendable, Equatable, CustomStringConvertible {
  /// Nobody.
  case `default`
  /// A line of a file.
  case file(FilePath, line: Int)
  /// A variable of the environment.
  case environment(String)
  /// A flag of the command line.
  case flag(String)

  package var description: String {
    switch self {
    case .default: "default"
    case .file(let path, let line): "\(TerminalSafe.path(path)):\(line)"
    case .environment(let name): "environment \(name)"
    case .flag(let name): "flag \(name)"
    }
  }

  /// The origin for machines; what is meaningless for it is left out.
  package var json: JSONValue {
    switch self {
    case .default: ["layer": "default"]
    case .file(let path, let line):
      ["layer": "file", "path": .string(path.text), "line": .int(line)]
    case .environment(let name): ["layer": "environment", "name": .string(name)]
    case .flag(let name): ["layer": "flag", "name": .string(name)]
    }
  }
}
