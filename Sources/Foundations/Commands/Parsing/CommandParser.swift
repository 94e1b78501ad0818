extension Program {
  /// Reads a command line, without the program's name.
  package func parse(_ words: [ArgumentWord]) -> Parsing {
    var parser = CommandParser(self, words)
    return parser.parse()
  }
}

/// Reads a command line word by word against the table.
///
/// The first mistake is the one that is told. Reading goes on after it, because `--help` further
/// on is stronger, and because the global options decide how the mistake is shown.
struct CommandParser {
  let program: Program
  private var rest: ArraySlice<ArgumentWord>
  private(set) var place: CommandPlace
  private(set) var failure: UsageFailure?
  private var values: [String: [any Sendable]] = [:]
  private var given: [ParsedArguments.Given] = []
  private var arguments: [ArgumentWord] = []
  private var optionsEnded = false
  private var options: [String: OptionSpec] = [:]

  init(_ program: Program, _ words: [ArgumentWord]) {
    self.program = program
    rest = words[...]
    place = program.root
    enter(place)
  }

  mutating func parse() -> Parsing {
    while let word = rest.popFirst() {
      if optionsEnded || !word.looksLikeOption {
        take(argument: word)
      } else if word == "--" {
        optionsEnded = true
      } else if word.bytes[1] == UInt8(ascii: "-") {
        take(long: word)
      } else {
        take(letters: word)
      }
    }
    return Parsing(globals: globals, outcome: outcome())
  }

  private mutating func enter(_ place: CommandPlace) {
    self.place = place
    options = [:]
    for option in program.options + place.options {
      for spelling in option.spellings { options[spelling] = option }
    }
  }

  private mutating func fail(_ failure: UsageFailure) {
    if self.failure == nil { self.failure = failure }
  }

  private mutating func take(argument word: ArgumentWord) {
    let children = program.children(of: place, withHidden: true)
    guard !children.isEmpty else { return arguments.append(word) }
    // After a mistake nobody knows what a word is; only the path helps to give the right help.
    if let next = children.first(where: { $0.path.last == word.text }) { return enter(next) }
    fail(.unknownCommand(word, at: place, in: program))
  }

  private mutating func take(long word: ArgumentWord) {
    let sign = word.bytes.firstIndex(of: UInt8(ascii: "=")) ?? word.bytes.endIndex
    let spelling = ArgumentWord(bytes: word.bytes[..<sign])
    let attached = sign < word.bytes.endIndex ? ArgumentWord(bytes: word.bytes[(sign + 1)...]) : nil
    guard let typed = spelling.text, let option = options[typed] else {
      return fail(.unknownOption(spelling, at: place, in: program))
    }
    guard option.form != nil else {
      if let attached { return fail(.unexpectedValue(attached, for: typed)) }
      return set(option, to: typed == option.flag)
    }
    take(valueOf: option, typed: typed, attached: attached)
  }

  private mutating func take(letters word: ArgumentWord) {
    var letters = word.bytes.dropFirst()
    while let letter = letters.popFirst() {
      let typed = String(decoding: [UInt8(ascii: "-"), letter], as: UTF8.self)
      guard let option = options[typed] else {
        return fail(.unknownLetter(typed, in: word, options: options, at: place, of: program))
      }
      guard option.form != nil else {
        set(option, to: true)
        continue
      }
      // `-j4` and `-j=4` are the same; only a second sign would belong to the value.
      if letters.first == UInt8(ascii: "=") { letters.removeFirst() }
      let isAlone = word.bytes.last == letter && letters.isEmpty
      return take(
        valueOf: option, typed: typed, attached: isAlone ? nil : ArgumentWord(bytes: letters))
    }
  }

  private mutating func take(
    valueOf option: OptionSpec, typed: String, attached: ArgumentWord?
  ) {
    if let attached { return add(attached, to: option, typed: typed) }
    guard let value = nextValue() else {
      return fail(.missingValue(of: option, typed: typed, before: rest.first))
    }
    add(value, to: option, typed: typed)
    guard option.repetition == .several else { return }
    while let value = nextValue() { add(value, to: option, typed: typed) }
  }

  private mutating func nextValue() -> ArgumentWord? {
    guard let next = rest.first, !next.looksLikeOption else { return nil }
    return rest.popFirst()
  }

  private mutating func add(_ word: ArgumentWord, to option: OptionSpec, typed: String) {
    if option.repetition == .once, values[option.name] != nil {
      return fail(.repeated(option, typed: typed))
    }
    do throws(ValueProblem) {
      values[option.name, default: []].append(try option.read(word))
      given.append(.init(name: option.name, setting: option.setting, text: word.shown))
    } catch {
      fail(.badValue(word, for: "'\(typed)'", error, at: place, in: program))
    }
  }

  /// A flag given twice in one sense is harmless, in both senses a contradiction.
  private mutating func set(_ flag: OptionSpec, to value: Bool) {
    if let before = values[flag.name]?.last as? Bool {
      if before != value { fail(.contradiction(flag)) }
      return
    }
    values[flag.name] = [value]
    given.append(.init(name: flag.name, setting: flag.setting, text: "\(value)"))
  }

  private var globals: ParsedArguments {
    let names = Set(program.options.map(\.name))
    var globals = ParsedArguments(path: [], known: names)
    globals.optionValues = values.filter { names.contains($0.key) }
    globals.given = given.filter { names.contains($0.name) }
    return globals
  }

  private func isSet(_ flag: Option<Bool>) -> Bool { values[flag.spec.name] != nil }

  private mutating func outcome() -> Result<Invocation, UsageFailure> {
    // The help of a command that does not exist would be no help.
    if let failure, failure.code == .usageUnknownCommand { return .failure(failure) }
    if isSet(Program.help) { return .success(.help(place)) }
    if isSet(Program.versionFlag) { return .success(.version) }
    if let failure { return .failure(failure) }
    guard let command = place.command else { return .success(.help(place)) }
    guard command.subcommands.isEmpty else {
      let children = program.children(of: place)
      return .failure(.missingCommand(at: place, children: children, in: program))
    }
    var parsed = ParsedArguments(
      path: place.path, known: Set((program.options + place.options).map(\.name)))
    parsed.optionValues = values
    parsed.given = given
    do throws(UsageFailure) {
      try checkRequiredOptions()
      parsed.argumentValues = try ArgumentAssignment(command, place, program)
        .assign(arguments, given: Set(given.map(\.name)))
      return .success(.run(parsed))
    } catch {
      return .failure(error)
    }
  }

  private func checkRequiredOptions() throws(UsageFailure) {
    for option in place.options where option.isRequired && values[option.name] == nil {
      throw .missingOption(option, at: place, in: program)
    }
  }
}
