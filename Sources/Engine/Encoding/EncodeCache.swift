import Encoding
package import Foundations

/// What is kept of films that were encoded: pieces, for encoding them again to another quality, and
/// what was found out about them.
package struct EncodeCache: Sendable {
  /// Analyses are small beside pieces.
  private static let analysesShare: Int64 = 20
  /// A tool's folder that nobody has used for a day belonged to one that died.
  private static let oldScratch = Duration.seconds(86_400)

  let segments: FilePath
  let analyses: FilePath
  let scratch: ScratchFolders
  let history: EncodeHistory
  private let budget: Int64

  /// The cache that the settings name.
  package init(
    _ configuration: Configuration, environment: [String: String] = ProcessEnvironment.all
  ) throws {
    let home = configuration[MediarySettings.home]
    let hasLibrary = try FileStatus.find(home)?.kind == .folder
    let root = hasLibrary ? home : Self.folder(environment)
    segments = root.appending("segments")
    analyses = root.appending("derived/analyses")
    history = EncodeHistory(root.appending("encodes.jsonl"))
    scratch = ScratchFolders(root: root.appending("work"), time: SystemTime()) {
      SystemRandom().next()
    }
    budget = configuration[MediarySettings.encodeCache].bytes
  }

  private static func folder(_ environment: [String: String]) -> FilePath {
    if let cache = environment["XDG_CACHE_HOME"], !cache.isEmpty {
      return FilePath(cache).appending("mediary")
    }
    return FilePath(environment["HOME"] ?? "/tmp").appending(".cache/mediary")
  }

  /// Removes what was used least recently until the rest fits; nothing while a film is encoded.
  ///
  /// Answers how many bytes went.
  @discardableResult
  package func sweep(clock: any TimeSource = SystemTime()) throws -> Int64 {
    guard try FileStatus.find(segments) != nil else { return 0 }
    let pieces = try SegmentStore(segments).sweepUnlessUsed(
      budget: budget, olderThan: .seconds(Int64.max), clock: clock)
    guard let pieces else { return 0 }
    _ = try scratch.sweep(olderThan: Self.oldScratch)
    return pieces.bytes
      + (try AnalysisStore(folder: analyses).sweep(budget: budget / Self.analysesShare))
  }
}
