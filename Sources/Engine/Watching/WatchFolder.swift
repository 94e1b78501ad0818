import Blobs
import Encoding
package import Foundations

/// Encodes the films of a folder, and then those that come into it, until it is told to stop.
///
/// A film is begun once it is whole (`SettlingFiles`). One that fails is told of, and tried again only
/// when it has changed. What was encoded before is known by the history, so that a watch that is
/// ended and begun again goes on where it was.
package struct WatchFolder: Sendable {
  /// How it is watched.
  package struct Options: Sendable {
    /// How long a file must have kept still before it is taken.
    package var settles = Duration.seconds(10)
    /// How often everything is looked through, for file systems that tell of no changes.
    package var looksThrough = Duration.seconds(600)

    /// The defaults.
    package init() {}
  }

  private static let shortestPause = Duration.milliseconds(50)
  private static let longestPause = Duration.seconds(1)

  private let folder: EncodeFolder
  private let places: EncodingPlaces
  private let options: Options
  private let clock: any TimeSource
  private let tell: @Sendable (FolderNews) -> Void
  private let isWaiting: @Sendable () -> Void

  /// A watch that tells its news, and whenever nothing is left to be done.
  package init(
    _ places: EncodingPlaces, _ options: Options = Options(),
    clock: any TimeSource = SystemTime(), tell: @escaping @Sendable (FolderNews) -> Void,
    isWaiting: @escaping @Sendable () -> Void
  ) {
    folder = EncodeFolder(places, clock: clock, tell: tell)
    self.places = places
    self.options = options
    self.clock = clock
    self.tell = tell
    self.isWaiting = isWaiting
  }

  /// Watches until the flag is raised, and gives what came of all.
  package func run(_ request: FolderRequest, stop: StopFlag) throws -> FolderSummary {
    let start = clock.uptime
    // What cannot be at all is refused before anything is waited for.
    _ = try plan(request, of: [], stop)
    var request = request
    request.folder = try request.folder.resolved()
    request.output = try Folder.make(request.output).path.resolved()
    // Watched before it is looked through, so that nothing comes in between.
    let changes = try FolderChanges(of: request.folder)
    var files = SettlingFiles(settles: options.settles)
    var summary = FolderSummary()
    do {
      try watch(request, changes, &files, &summary, stop)
    } catch {
      guard stop.isStopped else { throw error }
    }
    summary.stopped = StoppedFailure(stop.reason ?? .cancelled)
    summary.seconds = (clock.uptime - start) / .seconds(1)
    return summary
  }

  private func watch(
    _ request: FolderRequest, _ changes: FolderChanges, _ files: inout SettlingFiles,
    _ summary: inout FolderSummary, _ stop: StopFlag
  ) throws {
    try lookThrough(request, &files, stop)
    var lookedAt = clock.uptime
    var hasTold = false
    while true {
      try stop.check()
      let whole = files.take(
        at: clock.uptime, identity: { FileStatus.ifPresent($0).map { FileIdentity($0) } },
        isWritten: \.isOpenForWriting)
      if !whole.isEmpty {
        summary.add(try encode(whole, request, stop))
        try stop.check()
        hasTold = false
      }
      if !files.isRestless, !hasTold {
        hasTold = true
        isWaiting()
      }
      var isLost = clock.uptime - lookedAt > options.looksThrough
      for change in try changes.next(atMost: pause(files), stop: stop) {
        switch change {
        case .file(let path) where !path.lies(in: request.output):
          files.change(path, at: clock.uptime)
        case .file: break
        case .folder, .lost: isLost = true
        }
      }
      guard isLost else { continue }
      try lookThrough(request, &files, stop)
      lookedAt = clock.uptime
    }
  }

  private func pause(_ files: SettlingFiles) -> Duration {
    guard files.isRestless else { return options.looksThrough }
    return min(max(options.settles / 4, Self.shortestPause), Self.longestPause)
  }

  /// Notes all files that were not given in their present state.
  private func lookThrough(
    _ request: FolderRequest, _ files: inout SettlingFiles, _ stop: StopFlag
  ) throws {
    var there: Set<FilePath> = []
    var walk = try FolderWalk(of: request.folder, stop: stop)
    while let item = try walk.next() {
      guard case .entry(let path, let status) = item, status.kind == .plain,
        !path.lies(in: request.output)
      else { continue }
      there.insert(path)
      files.see(path, FileIdentity(status), at: clock.uptime)
    }
    files.keep(only: there)
  }

  private func encode(
    _ whole: [FilePath], _ request: FolderRequest, _ stop: StopFlag
  ) throws -> FolderSummary {
    let plan = try plan(request, of: Set(whole), stop)
    guard !plan.films.isEmpty || !plan.failures.isEmpty else {
      var summary = FolderSummary()
      summary.passedOver = plan.passedOver
      return summary
    }
    return folder.run(plan, of: request, stop: stop)
  }

  private func plan(
    _ request: FolderRequest, of whole: Set<FilePath>, _ stop: StopFlag
  ) throws -> FolderPlan {
    try request.each.settings.check()
    var planning = PlanFolder(request: request, history: places.history, stop: stop)
    planning.takes = { whole.contains($0) }
    var plan = try planning.make()
    // A folder that cannot be read would be told of each time.
    plan.failures = plan.failures.filter { whole.contains(request.folder.appending($0.name)) }
    return plan
  }
}

extension FolderSummary {
  /// Adds what came of some more films.
  fileprivate mutating func add(_ more: FolderSummary) {
    encoded += more.encoded
    for (reason, count) in more.skipped { skipped[reason, default: 0] += count }
    failed += more.failed
    passedOver += more.passedOver
    sizeBefore += more.sizeBefore
    sizeAfter += more.sizeAfter
    filmSeconds += more.filmSeconds
  }
}
