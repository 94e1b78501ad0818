package import Foundations
package import Media

/// The use case behind `mediary probe`: looks into any number of files and folders, several at
/// once, and answers in the order they were named.
package struct ProbeMedia: Sendable {
  /// What came of one file.
  package enum Outcome: Sendable {
    case report(MediaReport)
    case failed(FilePath, any Failure)
    /// A file of a folder that is no media; named by itself it would be a failure.
    case passedOver(FilePath)
  }

  private let workers: Int
  private let log: Logger

  /// Looks into so many files at once.
  package init(workers: Int, log: Logger = .silent) {
    precondition(workers > 0, "somebody has to do it")
    self.workers = workers
    self.log = log
  }

  /// Calls `each` for every file, in order, on the calling thread; blocks until all are done.
  ///
  /// Memory is bounded whatever the number: finders, workers and the caller hand each other files
  /// through short queues. What `each` throws ends everything and is thrown on.
  package func run(
    _ paths: [FilePath], stop: StopFlag, each: (Outcome) throws -> Void
  ) throws {
    // Raised when the caller gives up, so that nobody goes on waiting for it.
    let ending = StopFlag(under: stop)
    defer { ending.stop() }
    let room = workers * 8
    let waiting = BoundedQueue<Place>(capacity: room, stop: ending)
    let ordered = BoundedQueue<Place>(capacity: room, stop: ending)
    try OwnThread.start(named: "probe-find") {
      Self.find(paths, stop: ending) { place in
        try ordered.put(place)
        if !place.isSettled { try waiting.put(place) }
      }
      ordered.close()
      waiting.close()
    }
    for _ in 0..<workers {
      try OwnThread.start(named: "probe") {
        // A raised flag ends the wait with an error, and the thread with it.
        while let place = try? waiting.take() { place.settle(look(at: place, stop: ending)) }
      }
    }
    while let place = try ordered.take() {
      try each(place.outcome(or: ending))
      try stop.check()
    }
  }

  /// The path that stands for standard input.
  private static let standardInput: FilePath = "-"

  private func look(at place: Place, stop: StopFlag) -> Outcome {
    let began = ContinuousClock.now
    do throws(MediaFailure) {
      let source =
        place.path == Self.standardInput && !place.isFromFolder
        ? try MediaSource.standardInput() : .file(place.path)
      let report = try MediaProbe.examine(source, stop: stop)
      log.debug(
        "looked into a file",
        ["path": .string(report.name), "seconds": .double((.now - began) / .seconds(1))])
      return .report(report)
    } catch {
      log.debug(
        "could not look into a file", ["path": .string(place.path.text)], because: error)
      let isNoMedia = [.notMedia, .mediaEmpty, .noStream].contains(error.code)
      return place.isFromFolder && isNoMedia ? .passedOver(place.path) : .failed(place.path, error)
    }
  }

  private static func find(
    _ paths: [FilePath], stop: StopFlag, put: (Place) throws -> Void
  ) {
    // The only errors here are of a queue whose taker has gone.
    do {
      for path in paths {
        if (try? FileStatus.of(path))?.kind == .folder {
          try walk(path, stop, put)
        } else {
          try put(Place(path, isFromFolder: false))
        }
      }
    } catch { return }
  }

  private static func walk(
    _ folder: FilePath, _ stop: StopFlag, _ put: (Place) throws -> Void
  ) throws {
    var items: FolderWalk
    do {
      items = try FolderWalk(of: folder, stop: stop)
    } catch {
      return try put(Place(folder, isFromFolder: false, settled: .failed(folder, error)))
    }
    while let item = try items.next() {
      switch item {
      case .entry(let path, let status) where status.kind == .plain:
        try put(Place(path, isFromFolder: true))
      case .entry: continue
      case .unreadable(let path, let failure):
        try put(Place(path, isFromFolder: true, settled: .failed(path, failure)))
      }
    }
  }
}

/// One file's place in the order, and what came of it once somebody has looked.
private final class Place: Sendable {
  let path: FilePath
  let isFromFolder: Bool
  private let state: Monitor<ProbeMedia.Outcome?>

  init(_ path: FilePath, isFromFolder: Bool, settled outcome: ProbeMedia.Outcome? = nil) {
    self.path = path
    self.isFromFolder = isFromFolder
    state = Monitor(outcome)
  }

  /// Whether nobody needs to look any more.
  var isSettled: Bool { state.withLock { $0 != nil } }

  /// Says what came of it.
  func settle(_ outcome: ProbeMedia.Outcome) {
    state.withLock { $0 = outcome }
    state.notify()
  }

  /// Waits for what came of it, or throws once the flag is raised.
  func outcome(or stop: StopFlag) throws(StoppedFailure) -> ProbeMedia.Outcome {
    let token = stop.onStop { [state] _ in state.notify() }
    defer { stop.removeAction(token) }
    let outcome = state.wait { outcome -> ProbeMedia.Outcome?? in
      if let outcome { return .some(outcome) }
      return stop.isStopped ? .some(nil) : nil
    }
    if let outcome { return outcome }
    throw StoppedFailure(stop.reason ?? .cancelled)
  }
}
