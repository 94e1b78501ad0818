import Foundations

/// One command: its row in the table, and what it does.
///
/// Each lives in a folder of its own and turns what was typed into a request to the engine; what
/// comes back it shows as text or as JSON.
protocol Command: Sendable {
  /// Its row, without the commands below it.
  static var spec: CommandSpec { get }

  /// Does the work; a thrown failure becomes the error line and the exit status. What it returns is
  /// the status of a command that has said itself what went wrong.
  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws -> ExitStatus
}

/// The number a process ends with.
struct ExitStatus: Equatable, Sendable {
  let number: Int32

  /// Everything went well.
  static let success = ExitStatus(number: 0)
  /// The command did its work and found something wrong, which it has shown.
  static let findings = ExitStatus(number: 1)

  init(number: Int32) { self.number = number }

  /// The status of a failure, by the one table; a work that was stopped says by which signal.
  init(_ failure: any Failure) {
    let stopped = failure.chain.lazy.compactMap { $0 as? StoppedFailure }.first
    number = stopped?.reason.exitStatus ?? failure.kind.exitStatus
  }
}
