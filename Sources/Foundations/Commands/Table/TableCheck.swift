/// Finds where a table contradicts itself, so that no command line can be read in two ways.
struct TableCheck {
  private(set) var mistakes: [String] = []
  private let program: Program

  init(_ program: Program) {
    self.program = program
    checkNames(program.commands.map(\.name), of: "commands of \(program.name)")
    checkOptions(program.options, at: program.name)
    for option in program.options where option.repetition == .several {
      mistakes.append("\(option.flag) takes several words and so do some commands")
    }
    for place in places(below: program.root) { check(place) }
  }

  private func places(below place: CommandPlace) -> [CommandPlace] {
    program.children(of: place, withHidden: true).flatMap { [$0] + places(below: $0) }
  }

  private mutating func check(_ place: CommandPlace) {
    guard let command = place.command else { return }
    let typed = place.typed(in: program)
    checkNames(command.subcommands.map(\.name), of: "commands of \(typed)")
    checkOptions(program.options + place.options, at: typed)
    if !command.subcommands.isEmpty, !command.arguments.isEmpty {
      mistakes.append("\(typed) has subcommands and arguments")
    }
    checkArguments(command.arguments, at: typed)
    for option in command.options where option.repetition == .several {
      if !command.arguments.isEmpty || !command.subcommands.isEmpty {
        mistakes.append("\(typed) \(option.flag) takes several words and so do the arguments")
      }
    }
    for argument in command.arguments {
      guard let stand = argument.replacedBy else { continue }
      if !command.options.contains(where: { $0.name == stand }) {
        mistakes.append("\(typed) \(argument.name) is replaced by --\(stand), which it has not")
      }
    }
    for other in command.seeAlso {
      let path = other.split(separator: " ").map(String.init)
      if program.place(at: path) == nil {
        mistakes.append("\(typed) refers to \(other), which there is not")
      }
    }
  }

  private mutating func checkNames(_ names: [String], of what: String) {
    for name in names where !Self.isPlain(name) {
      mistakes.append("'\(name)' among the \(what) is no plain word")
    }
    checkUnique(names, of: what)
  }

  private mutating func checkUnique(_ names: [String], of what: String) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      mistakes.append("'\(name)' stands twice among the \(what)")
    }
  }

  private mutating func checkOptions(_ options: [OptionSpec], at typed: String) {
    checkUnique(options.flatMap(\.spellings), of: "options of \(typed)")
    for option in options {
      if !Self.isPlain(option.name) {
        mistakes.append("\(typed) '\(option.flag)' is no plain word")
      }
      // A digit would make a negative number of it.
      if let short = option.short, !(short.isASCII && short.isLetter) {
        mistakes.append("\(typed) '-\(short)' is no letter")
      }
      for choice in option.form?.choices ?? [] where !Self.isWord(choice.word) {
        mistakes.append("\(typed) \(option.flag) '\(choice.word)' cannot be typed as one word")
      }
    }
  }

  private mutating func checkArguments(_ arguments: [ArgumentSpec], at typed: String) {
    checkUnique(arguments.map(\.name), of: "arguments of \(typed)")
    let many = arguments.filter(\.isMany).count
    let firstOptional = arguments.firstIndex { $0.count == .optional }
    let afterOptional = firstOptional.map { arguments[$0...].dropFirst() } ?? []
    if many > 1 || (many == 1 && firstOptional != nil) {
      mistakes.append("\(typed) has more than one argument without a fixed count")
    }
    if afterOptional.contains(where: { $0.count != .optional }) {
      mistakes.append("\(typed) has an argument after one that may be left out")
    }
  }

  /// Lower-case letters, digits, and hyphens inside.
  private static func isPlain(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.last != UInt8(ascii: "-") else { return false }
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return letters.contains(first)
      && name.utf8.allSatisfy {
        letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-")
      }
  }

  /// What no shell takes apart; Bash does so at colons when it completes.
  private static func isWord(_ word: String) -> Bool {
    !word.isEmpty
      && word.utf8.allSatisfy { byte in
        Unicode.Scalar(byte).properties.isAlphabetic && byte < 0x80
          || "0123456789-_.+/".utf8.contains(byte)
      }
  }
}
