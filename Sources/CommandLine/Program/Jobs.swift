import Engine
import Foundations

/// The option that says how much is done at once.
enum Jobs {
  static let option = Option(
    "jobs", .integer(in: 1...1_024), "How many files to work on at once.", short: "j",
    defaultText: "half the cores", environment: "MEDIARY_PARALLEL_JOBS", setting: "parallel_jobs")

  /// How many, by flag or configuration.
  static func count(_ arguments: ParsedArguments, _ context: CommandContext) throws -> Int {
    arguments[option] ?? max(1, Machine.cores / 2)
  }
}
