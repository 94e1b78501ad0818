/// What the process's exit status tells; for the manual.
enum ExitStatus {
  /// Each status with its meaning, in rising order.
  static var table: [(status: Int32, meaning: String)] {
    let fixed: [Int32: String] = [
      0: "It was done.",
      1: "It was done in part, or a check found something; standard output tells what.",
      143: "It was stopped by SIGTERM.",
    ]
    let kinds = FailureKind.allCases.filter { $0 != .brokenPipe }
      .map { ($0.exitStatus, $0.meaning) }
    let all = fixed.merging(kinds) { own, _ in own }
    return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

extension FailureKind {
  /// What the kind means to who gave the command.
  fileprivate var meaning: String {
    switch self {
    case .usage: "The command line makes no sense."
    case .badMedia: "The media is damaged, or is no media."
    case .notFound: "Something named is not there."
    case .conflict: "What is there already stands against it."
    case .cancelled: "It was stopped, by Ctrl-C (SIGINT) or by another's wish."
    case .unavailable: "It may work later: something is busy, full or out of reach."
    case .denied: "It is not permitted."
    case .configuration: "The configuration is wrong."
    case .internalError: "A defect of the program; please report it."
    case .brokenPipe: "The reader of the output ended first."
    }
  }
}
