/// Writes the script for Zsh: one function a place, each a call of Zsh's own `_arguments`.
struct ZshCompletions {
  private let table: CompletionTable
  private let function: String

  init(_ table: CompletionTable) {
    self.table = table
    function = table.function
  }

  func script() -> String {
    var script = """
      #compdef \(table.name)
      # Completions of \(table.name) for Zsh. Made from the table of commands; do not edit.


      """
    for entry in table.entries {
      script += entry.children.isEmpty ? leaf(entry) : branch(entry)
    }
    script += topics
    // Read by `source` it registers itself; found on the `fpath` it is the function's body.
    script += """
      if [[ $funcstack[1] == \(function) ]]; then
        \(function) "$@"
      else
        compdef \(function) \(table.name)
      fi

      """
    return script
  }

  private func name(_ path: [String]) -> String {
    ([function] + path.map { String($0.map { $0 == "-" ? "_" : $0 }) }).joined(separator: "__")
  }

  private func branch(_ entry: CompletionTable.Entry) -> String {
    let commands = entry.children.map { command in
      "    " + "\(command.name):\(Self.escaped(command.summary, ":"))".shellQuoted
    }
    let cases = entry.children.map { command in
      "      (\(command.name)) \(name(entry.path + [command.name])) && ret=0 ;;"
    }
    return """
      \(name(entry.path))_commands() {
        local -a commands=(
      \(commands.joined(separator: "\n"))
        )
        _describe -t commands 'command' commands
      }

      \(name(entry.path))() {
        local context curcontext="$curcontext" state state_descr line ret=1
        local -A opt_args
        _arguments -s -S -C \\
      \(specs(entry.options + table.globals))
          '1: :\(name(entry.path))_commands' \\
          '*::: :->rest' && ret=0
        if [[ $state == rest ]]; then
          words=("$line[1]" "${words[@]}")
          (( CURRENT += 1 ))
          curcontext="${curcontext%:*:*}:\(name(entry.path))-$line[1]:"
          case $line[1] in
      \(cases.joined(separator: "\n"))
          esac
        fi
        return ret
      }


      """
  }

  private func leaf(_ entry: CompletionTable.Entry) -> String {
    var arguments: [String] = []
    for (place, argument) in entry.arguments.enumerated() {
      let label = Self.escaped(argument.name, ":")
      let action =
        argument.form == .command ? "\(function)_topics" : Self.argumentAction(argument.form)
      guard !argument.isMany else {
        arguments.append("    " + "*:\(label):\(action)".shellQuoted)
        break
      }
      let colon = argument.count == .optional ? "::" : ":"
      arguments.append("    " + "\(place + 1)\(colon)\(label):\(action)".shellQuoted)
    }
    // Words after the first of an option that takes several are arguments to Zsh.
    if entry.options.contains(where: { $0.repetition == .several }) {
      arguments.append("    " + "*: :()".shellQuoted)
    }
    let all = [specs(entry.options + table.globals, isLast: arguments.isEmpty)]
    return """
      \(name(entry.path))() {
        _arguments -s -S \\
      \((all + [arguments.joined(separator: " \\\n")]).filter { !$0.isEmpty }
        .joined(separator: "\n"))
      }


      """
  }

  /// The commands below the words after `help`.
  private var topics: String {
    guard table.helpKey != nil else { return "" }
    let cases = table.entries.filter { !$0.children.isEmpty }.map { entry in
      "    (\(entry.key.shellQuoted)) \(name(entry.path))_commands ;;"
    }
    return """
      \(function)_topics() {
        case "${(j: :)words[2,CURRENT-1]}" in
      \(cases.joined(separator: "\n"))
        esac
      }


      """
  }

  private func specs(_ options: [OptionSpec], isLast: Bool = false) -> String {
    let lines = options.flatMap(specs)
    return lines.enumerated().map { place, line in
      "    \(line)" + (isLast && place == lines.count - 1 ? "" : " \\")
    }.joined(separator: "\n")
  }

  /// One option; two where it has an opposite.
  private func specs(_ option: OptionSpec) -> [String] {
    let text = "[\(Self.escaped(MarkedText(option.summary).plain, "[]:"))]"
    guard option.form != nil else {
      if option.isNegatable {
        let both = "(\(option.spellings.joined(separator: " ")))"
        return option.spellings.map { "\(both)\($0)\(text)".shellQuoted }
      }
      let short = option.short.map { "-\($0)" }
      return [spec(option, spellings: [short, option.flag].compactMap { $0 }, text)]
    }
    let label = Self.escaped(option.placeholder, ":")
    let value = ":\(label):\(Self.action(option.form))"
    let short = option.short.map { "-\($0)+" }
    return [
      spec(option, spellings: [short, "\(option.flag)="].compactMap { $0 }, text + value)
    ]
  }

  private func spec(_ option: OptionSpec, spellings: [String], _ rest: String) -> String {
    let repeats = option.repetition != .once
    guard spellings.count > 1 else {
      return "\(repeats ? "*" : "")\(spellings[0])\(rest)".shellQuoted
    }
    let start = repeats ? "'*'" : "(\(option.spellings.joined(separator: " ")))".shellQuoted
    return "\(start){\(spellings.joined(separator: ","))}\(rest.shellQuoted)"
  }

  /// What `_arguments` does for a value; a space is for a value nobody can guess.
  private static func action(_ form: ValueForm?) -> String {
    switch CompletionSource(form) {
    case .nothing: return " "
    case .files: return "_files"
    case .folders: return "_files -/"
    case .words(let choices):
      guard choices.contains(where: { !$0.summary.isEmpty }) else {
        return "(\(choices.map(\.word).joined(separator: " ")))"
      }
      let words = choices.map { choice in
        "\(choice.word)\\:\(escaped(MarkedText(choice.summary).plain, ":").shellQuoted)"
      }
      return "((\(words.joined(separator: " "))))"
    }
  }

  /// What it does for an argument: where nothing can be guessed an empty list, because a message
  /// would keep an option from being put in at the same place.
  private static func argumentAction(_ form: ValueForm) -> String {
    CompletionSource(form) == .nothing ? "()" : action(form)
  }

  private static func escaped(_ text: String, _ special: String) -> String {
    text.map { $0 == "\\" || special.contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
