/// Writes the script for fish: a line for each thing that can stand somewhere, with its condition.
struct FishCompletions {
  private let table: CompletionTable
  private let function: String

  init(_ table: CompletionTable) {
    self.table = table
    function = "_" + table.function
  }

  func script() -> String {
    var script = """
      # Completions of \(table.name) for fish. Made from the table of commands; do not edit.

      # The commands at a place.
      function \(function)_commands
          switch $argv[1]
      \(commandCases)
          end
      end

      # Whether an option takes a value at a place.
      function \(function)_takes_value
          switch $argv[2]
              case \(globalsWithValue)
                  return 0
          end
          switch $argv[1]
      \(valueCases)
          end
          return 1
      end

      # Prints the place of the cursor; after '\(table.helpKey ?? "help")' that of the topic, with
      # a mark before it.
      function \(function)_place
          set -l path
          set -l mark
          set -l option
          set -l words (commandline -opc)
          for word in $words[2..]
              if string match -qr -- '^-.' $word
                  set option
                  test $word = --; and break
                  \(function)_takes_value "$path" $word; and set option $word
              else if test -n "$option"
                  set option
              else if contains -- $word (\(function)_commands "$path")
                  if test -z "$path" -a $word = \((table.helpKey ?? "").fishQuoted)
                      set mark 'help:'
                  else
                      set path (string trim -- "$path $word")
                  end
              end
          end
          echo "$mark$path"
      end

      function \(function)_at
          test (\(function)_place) = "$argv"
      end

      function \(function)_at_or_topic
          contains -- (\(function)_place) "$argv" "help:$argv"
      end

      complete -c \(table.name) -f

      """
    for option in table.globals { script += lines(for: option, at: nil) }
    for entry in table.entries { script += lines(for: entry) }
    return script
  }

  private var commandCases: String {
    table.entries.filter { !$0.children.isEmpty }.map { entry in
      """
              case \(entry.key.fishQuoted)
                  printf '%s\\n' \(entry.children.map(\.name).joined(separator: " "))
      """
    }.joined(separator: "\n")
  }

  private var valueCases: String {
    table.entries.compactMap { entry in
      let valued = valued(entry.options)
      return valued.isEmpty
        ? nil
        : """
                case \(entry.key.fishQuoted)
                    contains -- $argv[2] \(valued.joined(separator: " ")); and return 0
        """
    }.joined(separator: "\n")
  }

  private var globalsWithValue: String {
    let valued = valued(table.globals)
    return valued.isEmpty ? "".fishQuoted : valued.joined(separator: " ")
  }

  private func valued(_ options: [OptionSpec]) -> [String] {
    options.filter { $0.form != nil }.flatMap(\.spellings)
  }

  private func lines(for entry: CompletionTable.Entry) -> String {
    var text = entry.path.isEmpty ? "" : "\n"
    for command in entry.children {
      text += line(
        condition: "\(function)_at_or_topic \(entry.key.fishQuoted)",
        "-a \(command.name) -d \(MarkedText(command.summary).plain.fishQuoted)")
    }
    for option in entry.options { text += lines(for: option, at: entry) }
    var sources: [CompletionSource] = []
    for argument in entry.arguments {
      let source = CompletionSource(argument.form)
      guard source != .nothing, !sources.contains(source) else { continue }
      sources.append(source)
      text += line(condition: "\(function)_at \(entry.key.fishQuoted)", Self.argument(source))
    }
    return text
  }

  private func lines(for option: OptionSpec, at entry: CompletionTable.Entry?) -> String {
    let condition = entry.map { "\(function)_at \($0.key.fishQuoted)" }
    let short = option.short.map { "-s \($0) " } ?? ""
    let description = "-d \(MarkedText(option.summary).plain.fishQuoted)"
    let value = option.form.map { " " + Self.value(CompletionSource($0)) } ?? ""
    var text = line(condition: condition, "\(short)-l \(option.name)\(value) \(description)")
    if option.isNegatable {
      text += line(condition: condition, "-l no-\(option.name) \(description)")
    }
    return text
  }

  private func line(condition: String?, _ rest: String) -> String {
    // In double quotation marks, so that the place keeps its single ones.
    let when = condition.map { "-n \"\($0)\" " } ?? ""
    return "complete -c \(table.name) \(when)\(rest)\n"
  }

  private static func value(_ source: CompletionSource) -> String {
    switch source {
    case .nothing: "-x"
    case .files: "-r -F"
    case .folders: "-x -a '(__fish_complete_directories)'"
    case .words(let choices): "-x -a \(words(choices))"
    }
  }

  private static func argument(_ source: CompletionSource) -> String {
    switch source {
    case .nothing: ""
    case .files: "-F"
    case .folders: "-a '(__fish_complete_directories)'"
    case .words(let choices): "-a \(words(choices))"
    }
  }

  /// A list that fish reads again: words, each with a tab and its meaning.
  private static func words(_ choices: [ValueForm.Choice]) -> String {
    choices.map { choice in
      choice.summary.isEmpty
        ? choice.word : "\(choice.word)\\t\(MarkedText(choice.summary).plain.fishQuoted)"
    }.joined(separator: " ").fishQuoted
  }
}
