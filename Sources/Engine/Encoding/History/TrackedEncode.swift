package import Encoding
package import Foundations
import Glibc
import Hashing
import Synchronization

/// Encodes a film, and notes in the history how it went.
package struct TrackedEncode: Sendable {
  /// For whom it is done.
  package struct Cause: Sendable {
    /// The job.
    package var job: String?
    /// The asset whose content the source is; its SHA-256 need not be reckoned.
    package var asset: (id: String, name: String, content: String)?
    /// How the output is called where it has no path of its own.
    package var output: String?

    /// For somebody at the command line.
    package init() {}
  }

  private let places: EncodingPlaces
  private let clock: any TimeSource
  private let tell: @Sendable (EncodeNews) -> Void

  /// Encodes that tell their news.
  package init(
    _ places: EncodingPlaces, clock: any TimeSource = SystemTime(),
    tell: @escaping @Sendable (EncodeNews) -> Void = { _ in }
  ) {
    self.places = places
    self.clock = clock
    self.tell = tell
  }

  /// Does all of it, as `EncodeFilm` does.
  ///
  /// What was refused before anything was done, or stopped, is not noted. An encode whose note
  /// cannot be written is as good as any other: that is told as a warning.
  package func run(
    _ request: EncodeRequest, for cause: Cause = Cause(), stop: StopFlag
  ) throws -> EncodeReport {
    let start = clock.uptime
    let source = FileStatus.ifPresent(request.input)
    let hasBegun = Atomic(false)
    let tell = tell
    let film = EncodeFilm(places, clock: clock) { news in
      if case .planned = news { hasBegun.store(true, ordering: .relaxed) }
      tell(news)
    }
    do {
      let report = try film.run(request, stop: stop)
      var record = record(request, .completed, cause, source, since: start)
      record.seconds = report.seconds
      record.result = FileStatus.ifPresent(request.output).map { .init($0) }
      record.work = .init(
        durationSeconds: report.durationSeconds,
        frames: report.segments.last?.frames.upperBound ?? 0,
        encoder: report.encoder, vmaf: report.vmaf?.mean)
      record.content = cause.asset?.content ?? content(of: request.input, source, stop)
      note(record)
      return report
    } catch {
      let failure = error.asFailure
      guard isNoted(failure, hasBegun.load(ordering: .relaxed)) else { throw error }
      var record = record(request, .failed, cause, source, since: start)
      record.error = .init(code: failure.code.name, message: failure.message)
      note(record)
      throw error
    }
  }

  private func record(
    _ request: EncodeRequest, _ state: EncodeRecord.State, _ cause: Cause, _ source: FileStatus?,
    since start: Duration
  ) -> EncodeRecord {
    var record = EncodeRecord(
      request, state, at: clock.now, took: (clock.uptime - start) / .seconds(1))
    record.source = source.map { .init($0) }
    record.job = cause.job
    record.asset = cause.asset?.id
    record.name = cause.asset?.name
    record.output = cause.output ?? record.output
    return record
  }

  private func isNoted(_ failure: any Failure, _ hasBegun: Bool) -> Bool {
    switch failure.kind {
    case .cancelled, .brokenPipe: false
    case .usage, .conflict, .notFound, .configuration: hasBegun
    default: true
    }
  }

  /// Of what was encoded: a file that has changed since is another.
  private func content(of path: FilePath, _ before: FileStatus?, _ stop: StopFlag) -> String? {
    guard let before, let file = try? FileDescriptor.open(path, O_RDONLY),
      let digest = try? SHA256.hash(file, stop: stop), let after = try? file.status(),
      after.isSameFile(as: before), EncodeRecord.FileMark(after) == EncodeRecord.FileMark(before)
    else { return nil }
    return "\(digest)"
  }

  private func note(_ record: EncodeRecord) {
    do {
      try places.history.add(record)
    } catch {
      tell(.warning("the history was not written: \(error.asFailure.message)"))
    }
  }
}
