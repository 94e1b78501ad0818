/// Gives the words of a command line to the arguments of its command.
struct ArgumentAssignment {
  private let command: CommandSpec
  private let place: CommandPlace
  private let program: Program

  init(_ command: CommandSpec, _ place: CommandPlace, _ program: Program) {
    self.command = command
    self.place = place
    self.program = program
  }

  /// The values of each argument by its name.
  func assign(
    _ words: [ArgumentWord], given: Set<String>
  ) throws(UsageFailure) -> [String: [any Sendable]] {
    let wanted = try withoutReplaced(words, given)
    let fewest = wanted.map(\.minimum).reduce(0, +)
    guard words.count >= fewest else { throw missing(words.count, wanted) }
    var values: [String: [any Sendable]] = [:]
    var rest = words[...]
    var spare = words.count - fewest
    for argument in wanted {
      let count =
        switch argument.count {
        case .one: 1
        case .optional: min(1, spare)
        case .many(let least): least + spare
        }
      spare -= count - argument.minimum
      for word in rest.prefix(count) {
        values[argument.name, default: []].append(try read(word, argument))
      }
      rest = rest.dropFirst(count)
    }
    guard let extra = rest.first else { return values }
    throw .tooMany(extra, after: given, at: place, in: program)
  }

  /// The arguments that no option stands in for, of which there must then be no words.
  private func withoutReplaced(
    _ words: [ArgumentWord], _ given: Set<String>
  ) throws(UsageFailure) -> [ArgumentSpec] {
    var wanted: [ArgumentSpec] = []
    for argument in command.arguments {
      guard let stand = argument.replacedBy, given.contains(stand) else {
        wanted.append(argument)
        continue
      }
      if let word = words.first, words.count > wanted.map(\.minimum).reduce(0, +) {
        throw UsageFailure(
          .usageConflict,
          "'--\(stand)' stands in for \(argument.name), and '\(word.shown)' was given too",
          hint: "give one or the other; see '\(place.typed(in: program)) --help'")
      }
    }
    return wanted
  }

  /// Names the first argument that the words do not reach.
  private func missing(_ count: Int, _ wanted: [ArgumentSpec]) -> UsageFailure {
    var left = count
    for argument in wanted {
      left -= argument.minimum
      if left < 0 { return .missingArgument(argument, at: place, in: program) }
    }
    preconditionFailure("fewer words than arguments need, and none is missing")
  }

  private func read(
    _ word: ArgumentWord, _ argument: ArgumentSpec
  ) throws(UsageFailure) -> any Sendable {
    do {
      return try argument.read(word)
    } catch {
      throw .badValue(word, for: argument.name, error, at: place, in: program)
    }
  }
}
