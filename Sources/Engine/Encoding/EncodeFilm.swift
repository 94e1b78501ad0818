package import Encoding
package import Foundations

/// Encodes one film: looked at, cut into segments, each encoded to its quality, joined, checked.
///
/// Finished segments stay in the store, so that doing the same again goes on where it ended.
package struct EncodeFilm: Sendable {
  private let places: EncodingPlaces
  private let clock: any TimeSource
  private let tell: @Sendable (EncodeNews) -> Void

  /// An encode that tells its news.
  package init(
    _ places: EncodingPlaces, clock: any TimeSource = SystemTime(),
    tell: @escaping @Sendable (EncodeNews) -> Void = { _ in }
  ) {
    self.places = places
    self.clock = clock
    self.tell = tell
  }

  /// Decides and refuses, and encodes nothing; the film is looked at where that was not done before.
  package func plan(_ request: EncodeRequest, stop: StopFlag) throws -> EncodePlan {
    try PlanEncode(request: request, places: places.places(of: request), stop: stop, tell: tell)
      .make()
  }

  /// Does all of it.
  ///
  /// Blocks. The output has its name once everything about it was checked.
  package func run(_ request: EncodeRequest, stop: StopFlag) throws -> EncodeReport {
    let places = try places.places(of: request)
    let log = places.work.map { EncodeLog(in: $0.logs, of: request.output, time: clock) }
    do {
      let report = try FilmEncoding(request, places, clock: clock, stop: stop) { [tell] news in
        log?.take(news)
        tell(news)
      }.run()
      log?.end(nil)
      cleanUp(places, request)
      return report
    } catch {
      log?.end(error)
      throw error
    }
  }

  /// What is kept for other encodes stays within its budget; a folder of this one's own is emptied.
  ///
  /// The film is done: what cannot be removed now is removed another time.
  private func cleanUp(_ places: EncodingPlaces, _ request: EncodeRequest) {
    guard !request.settings.keepsTemporaries else { return }
    places.work?.clear(clock: clock)
    _ = try? places.cache?.sweep(clock: clock)
  }
}
