package import Foundations
package import Library
package import Model
import Runs

/// The use case behind `mediary library verify`: the content, the catalogue and the runs' folders.
package struct VerifyLibrary: Sendable {
  /// A run whose folder, blobs and rows do not agree.
  package struct RunFinding: Sendable, Equatable {
    package let run: RunID
    /// What does not, each in words.
    package let words: [String]
    /// Whether something is wrong that still is.
    package let isProblem: Bool
  }

  /// What was looked at and found.
  package struct Report: Sendable {
    package internal(set) var content: VerifyReport
    package internal(set) var runs: [RunFinding] = []
    package internal(set) var lookedAtRuns = 0

    /// How many things are wrong.
    package var problems: Int {
      content.problems + runs.filter(\.isProblem).count
    }

    /// Whether nothing is wrong, as far as was looked.
    package var isSound: Bool { problems == 0 }
  }

  package var content = Verification.Options()

  /// Everything is read, nothing changed.
  package init() {}

  /// Looks, and repairs where that was asked for.
  package func run(
    _ open: OpenLibrary, stop: StopFlag, progress: ProgressSink = .none
  ) throws -> Report {
    var report = Report(
      content: try open.library.care.verify(content, stop: stop, progress: progress))
    // An ended look goes on with the content the next time; the runs come after it.
    guard report.content.isComplete else { return report }
    for id in try open.runs.ids() {
      try stop.check()
      report.lookedAtRuns += 1
      if let finding = try look(at: id, open) { report.runs.append(finding) }
    }
    return report
  }

  private func look(at id: RunID, _ open: OpenLibrary) throws -> RunFinding? {
    do {
      let found =
        try content.repairs ? open.runs.reconcile(id) : open.runs.inspect(id)
      guard !found.isClean else { return nil }
      return RunFinding(
        run: id, words: words(found), isProblem: !found.missing.isEmpty || !content.repairs)
    } catch let error as RunFailure {
      return RunFinding(run: id, words: [error.message], isProblem: true)
    }
  }

  private func words(_ found: RunReconciliation) -> [String] {
    let (adopt, restore) =
      content.repairs ? ("taken up", "made again") : ("not taken up", "gone, its content is not")
    var words = found.adopted.map { "\($0) \(adopt)" }
    words += found.restored.map { "\($0) \(restore)" }
    words += found.takenIn.map {
      content.repairs
        ? "the content of \($0) taken in again" : "the content of \($0) is lost, the file is not"
    }
    words += found.missing.map { "\($0) missing" }
    if found.damagedMetadata != nil {
      words.append("metadata.json damaged" + (content.repairs ? ", made again" : ""))
    }
    if found.catalogueDiffers {
      words.append("the catalogue " + (content.repairs ? "follows again" : "does not follow"))
    }
    if found.isMisplaced {
      words.append(
        "metadata.json " + (content.repairs ? "knows" : "does not know") + " where it is")
    }
    if found.isForgotten { words.append("is not there any more") }
    return words
  }
}
