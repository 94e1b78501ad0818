/// Writes the script for Bash: lists by place, and a walk along the words typed so far.
struct BashCompletions {
  private let table: CompletionTable
  private let function: String

  init(_ table: CompletionTable) {
    self.table = table
    function = table.function
  }

  func script() -> String { lists + walk }

  private var lists: String {
    """
    # Completions of \(table.name) for Bash. Made from the table of commands; do not edit.

    # Each of these puts its answer into REPLY.

    # The commands at a place.
    \(function)_commands() {
      case "$1" in
    \(commandCases)
        *) REPLY='' ;;
      esac
    }

    # The options at a place.
    \(function)_options() {
      case "$1" in
    \(optionCases)
        *) REPLY='' ;;
      esac
      REPLY="$REPLY \(words(table.globals.flatMap(Self.longSpellings)))"
    }

    # How the value of an option is completed: '@file', '@folder', '@nothing' or the words, after a
    # '+' where many values may follow; empty where the option takes none.
    \(function)_value() {
      case "$2" in
    \(valueCases(table.globals, at: nil))
        *)
          case "$1 $2" in
    \(table.entries.map { valueCases($0.options, at: $0.key) }.filter { !$0.isEmpty }
      .joined(separator: "\n"))
            *) REPLY='' ;;
          esac
          ;;
      esac
    }

    # How the argument after so many others is completed.
    \(function)_argument() {
      case "$1 $2" in
    \(argumentCases)
        *) REPLY='@nothing' ;;
      esac
    }


    """
  }

  /// Goes along the words to find the place of the cursor, and answers for it.
  private var walk: String {
    """
    \(function)() {
      local cur=${COMP_WORDS[COMP_CWORD]} path='' option='' many='' ended='' topic='' skip=''
      local word kind REPLY
      local -i i count=0
      COMPREPLY=()
      for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        # Readline takes '--name=value' for three words, and 'key=value' too.
        if [[ $word == '=' ]]; then
          [[ -z $option ]] && skip=1
          continue
        elif [[ -n $skip ]]; then
          skip=''
        elif [[ -z $ended && $word == -?* ]]; then
          option='' many=''
          [[ $word == -- ]] && ended=1
          \(function)_value "$path" "$word"
          [[ -n $REPLY ]] && option=$word
          [[ $REPLY == +* ]] && many=1
        elif [[ -n $option ]]; then
          [[ -z $many ]] && option=''
        else
          \(function)_commands "$path"
          if [[ " $REPLY " != *" $word "* ]]; then
            count+=1
          elif [[ -z $path && $word == \((table.helpKey ?? "").shellQuoted) ]]; then
            topic=1
          else
            path="${path:+$path }$word"
          fi
        fi
      done
      [[ $cur == '=' ]] && cur=''
      if [[ -n $option && ($cur != -* || ${COMP_WORDS[COMP_CWORD - 1]} == '=') ]]; then
        \(function)_value "$path" "$option"
        kind=${REPLY#+}
      elif [[ -z $ended && -z $topic && $cur == -* ]]; then
        \(function)_options "$path"
        kind=$REPLY
      else
        \(function)_commands "$path"
        kind=$REPLY
        if [[ -z $kind && -z $topic ]]; then
          \(function)_argument "$path" "$count"
          kind=$REPLY
        fi
      fi
      case "$kind" in
        # Readline knows best how names of files are quoted.
        @file) compopt -o default 2>/dev/null ;;
        @folder) compopt -o dirnames 2>/dev/null ;;
        @nothing) ;;
        *)
          for word in $kind; do
            [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
          done
          ;;
      esac
      return 0
    }

    complete -F \(function) \(table.name)

    """
  }

  private func words(_ words: [String]) -> String { words.joined(separator: " ") }

  private static func longSpellings(_ option: OptionSpec) -> [String] {
    option.spellings.filter { $0.hasPrefix("--") }
  }

  private var commandCases: String {
    table.entries.filter { !$0.children.isEmpty }.map { entry in
      "    \(entry.key.shellQuoted)) REPLY=\(words(entry.children.map(\.name)).shellQuoted) ;;"
    }.joined(separator: "\n")
  }

  private var optionCases: String {
    table.entries.filter { !$0.options.isEmpty }.map { entry in
      let spellings = entry.options.flatMap(Self.longSpellings)
      return "    \(entry.key.shellQuoted)) REPLY=\(words(spellings).shellQuoted) ;;"
    }.joined(separator: "\n")
  }

  private func valueCases(_ options: [OptionSpec], at key: String?) -> String {
    let indent = key == nil ? "    " : "        "
    return options.filter { $0.form != nil }.map { option in
      let patterns = option.spellings.map { spelling in
        (key.map { "\($0) \(spelling)" } ?? spelling).shellQuoted
      }
      let many = option.repetition == .several ? "+" : ""
      let source = many + Self.word(for: CompletionSource(option.form))
      return "\(indent)\(patterns.joined(separator: " | "))) REPLY=\(source.shellQuoted) ;;"
    }.joined(separator: "\n")
  }

  private var argumentCases: String {
    table.entries.flatMap { entry in
      entry.arguments.enumerated().compactMap { place, argument -> String? in
        let source = CompletionSource(argument.form)
        guard source != .nothing else { return nil }
        // Where any number may stand, those after it are of the same kind or cannot be told.
        let after = entry.arguments[..<place].contains(where: \.isMany)
        guard !after else { return nil }
        let pattern =
          argument.isMany ? "\(entry.key) ".shellQuoted + "*" : "\(entry.key) \(place)".shellQuoted
        return "    \(pattern)) REPLY=\(Self.word(for: source).shellQuoted) ;;"
      }
    }.joined(separator: "\n")
  }

  private static func word(for source: CompletionSource) -> String {
    switch source {
    case .nothing: "@nothing"
    case .files: "@file"
    case .folders: "@folder"
    case .words(let choices): choices.map(\.word).joined(separator: " ")
    }
  }
}
