/// The table as the shells need it: what can stand at each place of a command line.
struct CompletionTable {
  /// A place with what can follow there.
  struct Entry {
    let path: [String]
    let children: [CommandSpec]
    let options: [OptionSpec]
    let arguments: [ArgumentSpec]

    /// The path in words, empty for the program itself.
    var key: String { path.joined(separator: " ") }
    /// Whether its arguments name commands: then they are completed like commands.
    var takesCommands: Bool { arguments.contains { $0.form == .command } }
  }

  let name: String
  let globals: [OptionSpec]
  /// The program itself first, then every visible place.
  let entries: [Entry]

  init(_ program: Program) {
    name = program.name
    globals = program.options.filter { !$0.isHidden }
    entries = ([program.root] + program.places()).map { place in
      Entry(
        path: place.path, children: program.children(of: place).compactMap(\.command),
        options: place.options.filter { !$0.isHidden },
        arguments: place.command?.arguments ?? [])
    }
  }

  /// The name as part of a function's name.
  var function: String { "_" + String(name.map { $0 == "-" ? "_" : $0 }) }

  /// The key of the command that explains commands, where there is one.
  var helpKey: String? { entries.first(where: \.takesCommands)?.key }
}

/// How a value is completed.
enum CompletionSource: Equatable {
  case nothing
  case files
  case folders
  case words([ValueForm.Choice])

  init(_ form: ValueForm?) {
    switch form {
    case .path(.file): self = .files
    case .path(.folder): self = .folders
    case .choice(let choices): self = .words(choices)
    case .list(let element): self.init(element)
    default: self = .nothing
    }
  }
}

extension String {
  /// As one word for bash and zsh.
  var shellQuoted: String {
    "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// As one word for fish, where a backslash means something even inside quotation marks.
  var fishQuoted: String {
    let escaped = map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }
    return "'" + escaped.joined() + "'"
  }
}
