package import Foundations
package import Model
import Blobs

extension Care {
  /// A folder whose files are taken in as they come.
  package func watch(
    _ folder: FilePath, _ options: WatchedFolder.Options = WatchedFolder.Options()
  ) -> WatchedFolder {
    WatchedFolder(library: library, folder: folder, options: options)
  }
}

/// Takes in what comes into a folder, once its writers are done with it.
package struct WatchedFolder: Sendable {
  /// How it is watched.
  package struct Options: Sendable {
    package var taking = FolderImport.Options()
    /// How long a file must have kept still before it is taken.
    package var settles = Duration.seconds(2)
    /// How often everything is looked through, for file systems that tell of no changes.
    package var looksThrough = Duration.seconds(600)

    /// The defaults.
    package init() {}
  }

  /// What was taken in, or why it was not.
  package enum Event: Sendable {
    case added(FilePath, AddedAsset)
    case refused(FilePath, any Failure)
    /// All that lay there has been looked at, and new files are waited for.
    case waiting
  }

  /// A file that may still be written to.
  private struct Restless {
    var identity: FileIdentity?
    var since: Duration
  }

  let library: MediaLibrary
  let folder: FilePath
  let options: Options

  /// Watches until the flag is raised, and tells what comes of it.
  package func run(stop: StopFlag, told: (Event) -> Void) throws {
    let folder = try folder.resolved()
    // Watched before it is looked through, so that nothing comes in between.
    let changes = try FolderChanges(of: folder)
    var restless: [FilePath: Restless] = [:]
    try lookThrough(folder, &restless, stop)
    var lookedAt = library.clock.uptime
    var hasTold = false
    while true {
      try takeSettled(&restless, stop, told)
      if !hasTold, restless.isEmpty {
        hasTold = true
        told(.waiting)
      }
      let pause = restless.isEmpty ? options.looksThrough : min(options.settles, .milliseconds(250))
      var isLost = library.clock.uptime - lookedAt > options.looksThrough
      for change in try changes.next(atMost: pause, stop: stop) {
        switch change {
        case .file(let path): restless[path] = Restless(identity: nil, since: library.clock.uptime)
        case .folder(let path): try? lookThrough(path, &restless, stop)
        case .lost: isLost = true
        }
      }
      guard isLost else { continue }
      try lookThrough(folder, &restless, stop)
      lookedAt = library.clock.uptime
    }
  }

  /// Notes all files that are not known in their present state.
  private func lookThrough(
    _ folder: FilePath, _ restless: inout [FilePath: Restless], _ stop: StopFlag
  ) throws {
    let own = try library.folder.path.resolved()
    var walk = try FolderWalk(of: folder, stop: stop)
    while let item = try walk.next() {
      guard case .entry(let path, let status) = item, status.kind == .plain,
        !FolderImport.lies(path, in: own), restless[path] == nil
      else { continue }
      let identity = FileIdentity(status)
      if try library.catalogue.read({ try $0.knownHash(of: identity) }) != nil { continue }
      restless[path] = Restless(identity: identity, since: library.clock.uptime)
    }
  }

  private func takeSettled(
    _ restless: inout [FilePath: Restless], _ stop: StopFlag, _ told: (Event) -> Void
  ) throws {
    let now = library.clock.uptime
    for (path, state) in restless.sorted(by: { $0.value.since < $1.value.since }) {
      try stop.check()
      guard let status = try? FileStatus.find(path), status.kind == .plain else {
        restless[path] = nil
        continue
      }
      let identity = FileIdentity(status)
      guard identity == state.identity else {
        restless[path] = Restless(identity: identity, since: now)
        continue
      }
      guard now - state.since >= options.settles else { continue }
      restless[path] = nil
      take(path, stop, told)
    }
  }

  private func take(_ path: FilePath, _ stop: StopFlag, _ told: (Event) -> Void) {
    do {
      guard try options.taking.takesEverything || FolderImport.isMedia(path) else { return }
      var details = options.taking.details
      details.name = nil
      told(.added(path, try library.intake.add(file: path, details, stop: stop)))
    } catch {
      if !stop.isStopped { told(.refused(path, error.asFailure)) }
    }
  }
}
