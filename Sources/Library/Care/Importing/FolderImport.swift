package import Foundations
import Model
import Glibc
import Sniffing
import Synchronization

extension Care {
  /// Takes in a folder with all folders in it; the files stay where they are.
  ///
  /// Taken up again by being called again: what was taken in and has not changed costs a look at
  /// its name, and is not read. Memory does not grow with the folder.
  package func importFolder(
    _ folder: FilePath, _ options: FolderImport.Options = FolderImport.Options(),
    stop: StopFlag = StopFlag(), progress: ProgressSink = .none
  ) throws -> ImportReport {
    try FolderImport(library: library, options: options).run(folder, stop, progress)
  }
}

/// Brings the files of a folder in, some side by side, so that they share the waits for the disk.
package struct FolderImport: Sendable {
  /// What is taken, and as what.
  package struct Options: Sendable {
    /// What is said of each; names and places are the files' own.
    package var details = AssetDetails()
    /// Whether texts and data are taken too, or media alone.
    package var takesEverything = false
    /// How many files are taken in side by side.
    package var sideBySide = 4

    /// Media alone.
    package init() {}
  }

  let library: MediaLibrary
  let options: Options
  private static let batch = 256

  func run(
    _ folder: FilePath, _ stop: StopFlag, _ progress: ProgressSink
  ) throws -> ImportReport {
    var walk = try FolderWalk(of: folder.resolved(), stop: stop)
    let crew = try ThreadCrew(helpers: max(1, options.sideBySide) - 1, named: "import")
    var report = ImportReport()
    var waiting: [FilePath] = []
    let own = try library.folder.path.resolved()
    while let item = try walk.next() {
      switch item {
      case .unreadable(let path, let failure): report.refuse(path.description, failure)
      case .entry(let path, let status):
        // The library itself may lie in the folder.
        guard status.kind == .plain, !Self.lies(path, in: own) else { continue }
        waiting.append(path)
      }
      guard waiting.count == Self.batch else { continue }
      try take(waiting, crew, &report, stop)
      waiting = []
      progress.report(
        ProgressUpdate(Double(report.added + report.duplicates), of: nil, .items("files")))
    }
    try take(waiting, crew, &report, stop)
    return report
  }

  static func lies(_ path: FilePath, in folder: FilePath) -> Bool {
    path.bytes.starts(with: folder.bytes + [UInt8(ascii: "/")])
  }

  private enum Outcome: Sendable {
    case added(AddedAsset)
    case passedOver
    case refused(any Error)
  }

  private func take(
    _ paths: [FilePath], _ crew: ThreadCrew, _ report: inout ImportReport, _ stop: StopFlag
  ) throws {
    let taken = TakenOutcomes()
    let work = self
    crew.perform(paths.count) { index in
      guard !stop.isStopped else { return }
      let outcome = work.outcome(of: paths[index], stop)
      taken.outcomes.withLock { $0[index] = outcome }
    }
    try stop.check()
    let all = taken.outcomes.withLock { $0 }
    for (index, path) in paths.enumerated() {
      switch all[index] {
      case .added(let added)?: report.take(added)
      case .refused(let error)?: report.refuse(path.description, error)
      case .passedOver?, nil: report.passedOver += 1
      }
    }
  }

  /// What the threads share.
  private final class TakenOutcomes: Sendable {
    let outcomes = Mutex<[Int: Outcome]>([:])
  }

  private func outcome(of path: FilePath, _ stop: StopFlag) -> Outcome {
    do {
      guard try options.takesEverything || Self.isMedia(path) else { return .passedOver }
      var details = options.details
      details.name = nil
      return .added(try library.intake.add(file: path, details, stop: stop))
    } catch {
      return .refused(error)
    }
  }

  /// Whether a file's first bytes are those of media.
  static func isMedia(_ path: FilePath) throws -> Bool {
    let file = try FileDescriptor.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
    let head = try file.read(ContentType.headSize, at: 0)
    switch ContentType.of(head, size: try file.status().size).kind {
    case .image, .video, .audio, .midi, .model3D: return true
    // A page that calls itself a picture, and a picture without bytes, are to be told.
    case .text, .code, .data: return ContentCheck.claimsMedia(path.name, nil)
    }
  }
}
