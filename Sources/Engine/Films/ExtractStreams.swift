package import Encoding
package import Foundations
import Media

/// The use case behind `mediary extract`: what is in a file, each stream as a file of its own.
package struct ExtractStreams: Sendable {
  private let source: FilePath
  private let stop: StopFlag

  /// An extraction from a file.
  package init(_ source: FilePath, stop: StopFlag) {
    self.source = source
    self.stop = stop
  }

  /// What would become of it; nothing is written.
  package func plan(_ choices: ExtractionChoices) throws -> ExtractionPlan {
    let report = try MediaProbe.examine(.file(source), stop: stop)
    return try ExtractionPlan.make(for: report, named: source, choices)
  }

  /// Takes it out, into a folder.
  package func run(
    _ choices: ExtractionChoices, into output: FilePath, replacing: Bool, progress: ProgressSink
  ) throws -> (plan: ExtractionPlan, outcome: Extraction.Outcome) {
    let plan = try plan(choices)
    let outcome = try Extraction(source, plan, stop: stop).run(
      into: output, replacing: replacing, progress: progress)
    return (plan, outcome)
  }
}
