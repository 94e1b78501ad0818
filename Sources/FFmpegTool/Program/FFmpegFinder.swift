package import Foundations

/// Finds the ffmpeg programs of a machine and asks them once what they can do.
///
/// For a thread of its caller's own, which it blocks.
package struct FFmpegFinder: Sendable {
  private let places: FFmpegPlaces
  private let processes: ChildProcesses
  private let memory: ToolMemory
  private let patience: Duration

  /// A finder that keeps what it learns in `memory`; a program may take so long over an answer.
  package init(
    _ places: FFmpegPlaces, memory: ToolMemory, by processes: ChildProcesses,
    patience: Duration = .seconds(60)
  ) {
    self.places = places
    self.memory = memory
    self.processes = processes
    self.patience = patience
  }

  /// Looks at every place; one that is missing, crashes, hangs or talks nonsense is passed over, with
  /// the reason kept.
  ///
  /// Only what has changed since it was last asked is started.
  package func search() -> FFmpegSearch {
    var seen: Set<FileIdentity> = []
    var candidates: [FFmpegSearch.Candidate] = []
    for (path, source) in places.all {
      let identity = FileIdentity(path)
      // Most folders of PATH have none, and that is no news.
      if identity == nil, source != .named { continue }
      // /bin and /usr/bin are often one folder.
      if let identity, !seen.insert(identity).inserted { continue }
      candidates.append(
        FFmpegSearch.Candidate(path: path, source: source, outcome: outcome(path, identity)))
    }
    return FFmpegSearch(candidates: candidates)
  }

  private func outcome(
    _ path: FilePath, _ identity: FileIdentity?
  ) -> Result<FFmpegProgram, FFmpegToolFailure> {
    guard let identity else {
      return .failure(FFmpegToolFailure(.toolMissing, "there is no such file"))
    }
    if let known = memory.description(of: path, identity) { return known }
    let questions = FFmpegQuestions(
      path, ToolRun(processes: processes, deadline: patience))
    let outcome = Result { () throws(FFmpegToolFailure) in try questions.program() }
    memory.keep(outcome, of: path, identity)
    return outcome
  }
}
