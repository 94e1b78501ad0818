/// When colours are used: what `--color` takes.
package enum ColorChoice: String, Sendable, CaseIterable {
  /// On a terminal, unless the environment says otherwise.
  case auto
  /// Always, even into a file or a pipe.
  case always
  /// Never.
  case never
}

/// How many colours a stream can show.
package enum ColorDepth: Int, Sendable, Comparable, CaseIterable {
  /// No colours and no other emphasis.
  case none
  /// The sixteen colours of the user's own palette.
  case basic
  /// 256 fixed colours.
  case extended
  /// 24 bits.
  case full

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// What a stream shall show, from the user's choice and the habits of the environment.
  ///
  /// In this order: `--color`; `NO_COLOR`, set to anything; `FORCE_COLOR` and `CLICOLOR_FORCE`;
  /// `CLICOLOR=0`; `TERM=dumb`; then whether the stream is a terminal. The one who wants less is
  /// heard first (no-color.org).
  static func wanted(
    _ choice: ColorChoice, isInteractive: Bool, environment: [String: String]
  ) -> ColorDepth {
    let capable = capability(environment)
    func isOn(_ name: String) -> Bool { !["", "0", "false"].contains(environment[name] ?? "") }
    switch choice {
    case .never: return .none
    case .always: return max(capable, .basic)
    case .auto: break
    }
    if environment["NO_COLOR"]?.isEmpty == false { return .none }
    if isOn("FORCE_COLOR") || isOn("CLICOLOR_FORCE") {
      return max(forced(environment["FORCE_COLOR"]), capable)
    }
    if environment["FORCE_COLOR"] == "0" || environment["CLICOLOR"] == "0" { return .none }
    return isInteractive ? capable : .none
  }

  /// `FORCE_COLOR=2` and `=3` also say how many.
  private static func forced(_ level: String?) -> ColorDepth {
    switch level {
    case "2": .extended
    case "3": .full
    default: .basic
    }
  }

  private static func capability(_ environment: [String: String]) -> ColorDepth {
    let term = environment["TERM"] ?? ""
    if term == "dumb" || term.isEmpty { return .none }
    if ["truecolor", "24bit"].contains(environment["COLORTERM"]) { return .full }
    if term.hasSuffix("-direct") { return .full }
    return term.contains("256color") ? .extended : .basic
  }
}
