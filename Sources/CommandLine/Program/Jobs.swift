import Engine
import Foundations

/// The option that says how much is done at once.
enum Jobs {
  static let option = Option(
    "jobs", .integer(in: 1...1_024), "How many files to work on at once.", short: "j",
    defaultText: "half the cores", environment: "MEDIARY_PARALLEL_JOBS", setting: "parallel_jobs")

  /// How many, by flag or configuration.
  static func count(_ configuration: Configuration) -> Int {
    // The flag is among the configuration's sources, which check its range.
    configuration[MediarySettings.parallelJobs]
  }
}
