package import Foundations
package import Library
package import Model
import Runs
import Stores

/// The use case behind `mediary library rebuild`: a lost or broken catalogue comes back from the
/// journal, the content and the runs' folders.
package struct RebuildLibrary: Sendable {
  /// What came back.
  package struct Report: Sendable {
    package internal(set) var catalogue: Rebuild.Report
    package internal(set) var runs = 0
    /// Entries among the runs' folders that are none.
    package internal(set) var odd: [FilePath] = []
    /// What could not be brought back, in words.
    package internal(set) var damaged: [String] = []
    /// Where the catalogue that stood there was put.
    package internal(set) var oldCatalogue: FilePath?
    package internal(set) var assets = LibraryStatistics.Amount()
    package internal(set) var workflows = 0

    /// Whether all that was told of came back.
    package var isWhole: Bool {
      damaged.isEmpty && catalogue.refused == 0 && catalogue.withoutContent == 0
    }
  }

  /// Whether a catalogue that stands there is put aside; it is a conflict otherwise.
  package var replaces = false
  /// Whether content that nothing tells of becomes assets; nil where there is no journal.
  package var adoptsUntracked: Bool?

  /// Nothing that is there is replaced.
  package init() {}

  /// Rebuilds the catalogue of the library that the configuration names.
  package func run(
    _ configuration: Configuration, stop: StopFlag, progress: ProgressSink = .none
  ) throws -> Report {
    let folder = try LibraryFolder.open(
      configuration[MediarySettings.home], creates: false)
    if !replaces, try FileStatus.find(folder.database) != nil {
      throw LibraryFailure(
        .libraryOccupied, "\(folder.path) has a catalogue",
        hint: "end the other programs that use the library and give --replace: the catalogue that"
          + " is there is put aside")
    }
    let rebuilding = try CatalogueRebuilding(in: folder.path)
    do {
      let open = try OpenLibrary(folder, rebuilding.catalogue, configuration)
      var report = try fill(open, stop, progress)
      report.oldCatalogue = try rebuilding.publish(at: open.library.clock.now)
      return report
    } catch {
      rebuilding.discard()
      throw error
    }
  }

  private func fill(
    _ open: OpenLibrary, _ stop: StopFlag, _ progress: ProgressSink
  ) throws -> Report {
    var options = Rebuild.Options()
    options.adoptsUntracked = adoptsUntracked
    var damaged: [String] = []
    var odd: [FilePath] = []
    var runs = 0
    let journal = try JournalReader(in: open.library.folder.path, stop: stop)
    let rebuilt = try open.library.care.rebuild(
      options, stop: stop, progress: progress,
      journal: { take in
        try journal.forEach(stop: stop, damaged: { damaged.append("\($0)") }, take)
      },
      runs: {
        runs = 0
        odd = []
        for id in try open.runs.ids(odd: { odd.append($0) }) {
          try stop.check()
          do {
            _ = try open.runs.reconcile(id)
            runs += 1
          } catch let error as RunFailure where error.kind != .cancelled {
            damaged.append("run \(id): \(error.message)")
          }
          progress.report(ProgressUpdate(Double(runs), of: nil, .items("runs")))
        }
      })
    var report = Report(catalogue: rebuilt, runs: runs, odd: odd, damaged: damaged)
    let statistics = try open.library.finding.statistics()
    report.assets = statistics.assets
    report.workflows = statistics.workflowsByStatus.values.reduce(0, +)
    return report
  }
}
