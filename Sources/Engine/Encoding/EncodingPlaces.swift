package import Foundations

/// Where an encode keeps what outlives it, and by what it works.
package struct EncodingPlaces: Sendable {
  /// Finished pieces; may be deleted at any time.
  package let segments: FilePath
  /// What was found out about films; may be deleted at any time.
  let analyses: FilePath
  /// What was encoded, line by line.
  package let history: EncodeHistory
  /// What tools write while they run.
  let scratch: ScratchFolders
  let tools: ExternalTools

  /// The places that the settings name: in the library's folder where there is a library, else in the
  /// user's cache, since an encode needs none.
  package init(
    _ configuration: Configuration, environment: [String: String] = ProcessEnvironment.all
  ) throws {
    let home = configuration[MediarySettings.home]
    let hasLibrary = try FileStatus.find(home)?.kind == .folder
    let root = hasLibrary ? home : Self.cache(environment)
    segments = root.appending("segments")
    analyses = root.appending("derived/analyses")
    history = EncodeHistory(root.appending("encodes.jsonl"))
    scratch = ScratchFolders(root: root.appending("work"), time: SystemTime()) {
      SystemRandom().next()
    }
    tools = try ExternalTools(configuration, environment: environment)
  }

  private static func cache(_ environment: [String: String]) -> FilePath {
    if let cache = environment["XDG_CACHE_HOME"], !cache.isEmpty {
      return FilePath(cache).appending("mediary")
    }
    return FilePath(environment["HOME"] ?? "/tmp").appending(".cache/mediary")
  }
}
