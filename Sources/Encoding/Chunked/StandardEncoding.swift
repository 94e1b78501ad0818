package import Foundations

/// Encodes a film in one go: at the CRF of its width, or at one that is searched for all of it.
///
/// To the search the film is one long segment, whose probes are samples from twelve places; so
/// everything else is as with segments, and a film encoded so is found in the store again.
package struct StandardEncoding: Sendable {
  private let encoding: ChunkedEncoding

  /// An encode of the whole of a job's film, whatever its plan.
  package init(_ job: EncodingJob, gate: MemoryGate) {
    var job = job
    job.plan = SegmentPlan(whole: job.origin.count)
    job.allocation = .constant
    encoding = ChunkedEncoding(job, workers: 1, gate: gate)
  }

  /// Does it; it blocks, on a thread of the caller's.
  package func run(
    stop: StopFlag, clock: any TimeSource = SystemTime(),
    tell: @escaping @Sendable (EncodingEvent) -> Void = { _ in }
  ) throws -> EncodedFilm {
    try encoding.run(stop: stop, clock: clock, tell: tell)
  }
}
