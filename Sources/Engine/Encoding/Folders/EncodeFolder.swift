import Encoding
package import Foundations

/// Encodes the films of a folder, one after the other: the segments of each use all cores.
///
/// One that fails is told of, and the others go on. What is finished is passed over the next time.
package struct EncodeFolder: Sendable {
  private let places: EncodingPlaces
  private let clock: any TimeSource
  private let tell: @Sendable (FolderNews) -> Void

  /// An encode that tells its news.
  package init(
    _ places: EncodingPlaces, clock: any TimeSource = SystemTime(),
    tell: @escaping @Sendable (FolderNews) -> Void = { _ in }
  ) {
    self.places = places
    self.clock = clock
    self.tell = tell
  }

  /// Looks for the films and decides what becomes of each; encodes nothing.
  package func plan(_ request: FolderRequest, stop: StopFlag) throws -> FolderPlan {
    try request.each.settings.check()
    let plan = try PlanFolder(request: request, history: places.history, stop: stop).make()
    guard !plan.films.isEmpty || !plan.failures.isEmpty else {
      throw EncodingFailure.noFilms(in: request.folder)
    }
    return plan
  }

  /// Does all of it; a raised flag ends it, and the summary tells so.
  package func run(_ request: FolderRequest, stop: StopFlag) throws -> FolderSummary {
    let start = clock.uptime
    var summary = run(try plan(request, stop: stop), of: request, stop: stop)
    summary.seconds = (clock.uptime - start) / .seconds(1)
    return summary
  }

  /// Does what a plan says.
  func run(_ plan: FolderPlan, of request: FolderRequest, stop: StopFlag) -> FolderSummary {
    let start = clock.uptime
    tell(.planned(plan))
    var summary = FolderSummary()
    summary.passedOver = plan.passedOver
    for (name, failure) in plan.failures {
      summary.failed += 1
      tell(.failed(name.text, failure))
    }
    let count = plan.toEncode.count
    var index = 0
    for film in plan.films where summary.stopped == nil {
      switch film.fate {
      case .skip(let reason):
        summary.skipped[reason, default: 0] += 1
        tell(.skipped(film, reason))
      case .refuse(let failure):
        summary.failed += 1
        tell(.failed(film.name.text, failure))
      case .encode:
        tell(.began(film, index: index, of: count))
        index += 1
        encode(film, request, &summary, stop)
      }
    }
    summary.seconds = (clock.uptime - start) / .seconds(1)
    return summary
  }

  private func encode(
    _ film: PlannedFilm, _ request: FolderRequest, _ summary: inout FolderSummary, _ stop: StopFlag
  ) {
    do {
      try stop.check()
      let tell = tell
      let encode = TrackedEncode(places, clock: clock) { tell(.film(film, $0)) }
      _ = try Folder.make(film.output.parent)
      let report = try encode.run(request.request(film), stop: stop)
      summary.encoded += 1
      summary.sizeBefore += report.sizeBefore
      summary.sizeAfter += report.sizeAfter
      summary.filmSeconds += report.durationSeconds
      tell(.encoded(film, report))
    } catch {
      let failure = error.asFailure
      if stop.isStopped {
        // What it was at ended with it, whatever that says of it.
        let stopped = StoppedFailure(stop.reason ?? .cancelled)
        summary.stopped = stopped
        tell(.stopped(film, stopped))
      } else {
        summary.failed += 1
        tell(.failed(film.name.text, failure))
      }
    }
  }
}
