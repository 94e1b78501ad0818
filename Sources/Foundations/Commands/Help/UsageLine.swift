/// How a command is called, in pieces: what is typed as it stands, and what stands for something.
struct UsageLine {
  /// One piece, with a space before it.
  enum Piece: Equatable {
    /// Typed as it stands.
    case literal(String)
    /// Stands for something.
    case slot(String)
    /// May be left out.
    case optional(String)
  }

  let pieces: [Piece]

  /// The lines of a place; several where an option stands in for the arguments.
  static func lines(of place: CommandPlace, in program: Program) -> [UsageLine] {
    let start = ([program.name] + place.path).map(Piece.literal)
    guard let command = place.command, command.subcommands.isEmpty else {
      return [UsageLine(pieces: start + [.slot("COMMAND"), .optional("OPTIONS")])]
    }
    let required = place.options.filter { $0.isRequired && !$0.isHidden }
      .flatMap { [Piece.literal($0.flag), .slot($0.placeholder)] }
    let rest = [Piece.optional("OPTIONS")]
    let first = start + command.arguments.map(piece) + required + rest
    var stands: [String] = []
    for argument in command.arguments {
      guard let stand = argument.replacedBy, !stands.contains(stand) else { continue }
      stands.append(stand)
    }
    let others = stands.map { stand in
      let kept = command.arguments.filter { $0.replacedBy != stand }.map(piece)
      return start + kept + [.literal("--\(stand)")] + required + rest
    }
    return ([first] + others).map(UsageLine.init)
  }

  private static func piece(_ argument: ArgumentSpec) -> Piece {
    switch argument.count {
    case .one: .slot(argument.name)
    case .optional: .optional(argument.name)
    case .many(atLeast: 0): .optional("\(argument.name)...")
    case .many: .slot("\(argument.name)...")
    }
  }
}
