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
  /// How long a tool may do nothing.
  let patience: Duration
  /// What is kept of earlier encodes, where the places are shared with them.
  let cache: EncodeCache?
  /// The folder of one encode's own, where it was asked for.
  let work: WorkFolder?

  /// The places that the settings name: in the library's folder where there is a library, else in the
  /// user's cache, since an encode needs none.
  package init(
    _ configuration: Configuration, environment: [String: String] = ProcessEnvironment.all
  ) throws {
    let cache = try EncodeCache(configuration, environment: environment)
    self.cache = cache
    segments = cache.segments
    analyses = cache.analyses
    scratch = cache.scratch
    history = cache.history
    tools = try ExternalTools(configuration, environment: environment)
    patience = configuration[MediarySettings.toolPatience]
    work = nil
  }

  private init(_ work: WorkFolder, like places: EncodingPlaces) {
    segments = work.segments
    analyses = work.data
    scratch = ScratchFolders(root: work.working)
    tools = places.tools
    patience = places.patience
    // What was encoded is told in one place, wherever it was made.
    history = places.history
    cache = nil
    self.work = work
  }

  /// The places of one encode: a folder of its own where it was given one.
  func places(of request: EncodeRequest) throws -> EncodingPlaces {
    guard let folder = request.work else { return self }
    return EncodingPlaces(try WorkFolder(folder), like: self)
  }
}
