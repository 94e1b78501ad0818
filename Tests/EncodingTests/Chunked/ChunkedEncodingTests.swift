import Encoding
import EncodingSimulation
import FFmpegTool
import Foundations
import Synchronization
import TestSupport
import Testing

@Suite("An encode in segments")
struct ChunkedEncodingTests {
  private static let goal = QualityGoal(target: 93)
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Crash: Failure {
    let code = FailureCode.processKilled
    let message = "the encoder crashed"
    let hint: String? = nil
    let cause: (any Error)? = nil
  }

  private func store(_ name: String = "segments") throws -> SegmentStore {
    try SegmentStore(FilePath(folder(name)))
  }

  private func run(
    _ job: EncodingJob, workers: Int = 3, stop: StopFlag = StopFlag(),
    tell: @escaping @Sendable (EncodingEvent) -> Void = { _ in }
  ) throws -> EncodedFilm {
    let gate = MemoryGate(pixels: 1, memory: { nil })
    return try ChunkedEncoding(job, workers: workers, gate: gate).run(stop: stop, tell: tell)
  }

  private func content(_ film: EncodedFilm) throws -> [[UInt8]] {
    try film.segments.map { try SmallFile.read($0.piece.file, limit: 1 << 24) }
  }

  @Test("makes the same pieces with any number of workers", arguments: [1, 2, 7])
  func anyWorkers(workers: Int) throws {
    let film = SimulatedTitle(segments: 23, seed: 5)
    let one = try run(film.job(SimulatedEncoder(film), in: store("a"), goal: Self.goal), workers: 1)
    let many = try run(
      film.job(SimulatedEncoder(film), in: store("b"), goal: Self.goal), workers: workers)
    #expect(try content(one) == content(many))
    #expect(one.segments.map(\.segment) == film.segments)
    #expect(one.quality.map { abs($0 - 93) <= 0.5 } == true)
  }

  @Test("goes on after it was ended anywhere, and makes what it would have made")
  func resumed() throws {
    let film = SimulatedTitle(segments: 12, seed: 9)
    let whole = SimulatedEncoder(film)
    let expected = try content(run(film.job(whole, in: store("whole"), goal: Self.goal)))
    for limit in stride(from: 1, to: whole.calls.count, by: 3) {
      let store = try store("cut \(limit)")
      let begun = Mutex(0)
      let stop = StopFlag()
      let first = SimulatedEncoder(film) { _, _ in
        if begun.withLock({
          $0 += 1; return $0
        }) > limit {
          stop.stop()
        }
        try stop.check()
      }
      #expect(throws: StoppedFailure.self) {
        try run(film.job(first, in: store, goal: Self.goal), workers: limit % 2 + 1, stop: stop)
      }
      let second = SimulatedEncoder(film)
      #expect(try content(run(film.job(second, in: store, goal: Self.goal))) == expected)
      // Nothing that was finished is made again; with two workers, one was in flight.
      let left = whole.calls.count - limit
      #expect((left...left + limit % 2).contains(second.calls.count))
    }
  }

  @Test("encodes nothing the second time, and only what is missing for another target")
  func again() throws {
    let film = SimulatedTitle(segments: 20, seed: 2)
    let store = try store()
    let first = try run(film.job(SimulatedEncoder(film), in: store, goal: Self.goal))
    let idle = SimulatedEncoder(film)
    let second = try run(film.job(idle, in: store, goal: Self.goal))
    #expect(idle.calls.isEmpty)
    #expect(try content(first) == content(second))
    #expect(second.work.reused == second.work.probes + second.work.encodes)
    let other = SimulatedEncoder(film)
    let near = try run(film.job(other, in: store, goal: QualityGoal(target: 93.2)))
    let fresh = SimulatedEncoder(film)
    let alone = try run(film.job(fresh, in: self.store("fresh"), goal: QualityGoal(target: 93.2)))
    #expect(other.calls.count < fresh.calls.count)
    #expect(try content(near) == content(alone))
  }

  @Test("encodes all at one CRF where there is nothing to measure with")
  func fixed() throws {
    let film = SimulatedTitle(segments: 9, seed: 4)
    let encoder = SimulatedEncoder(film)
    let encoded = try run(film.job(encoder, in: store(), goal: nil))
    #expect(encoder.calls.map(\.settings.crfQuarters) == Array(repeating: 104, count: 9))
    #expect(encoded.quality == nil && encoded.work.overhead == 1)
  }

  @Test("tries a segment that fails once more, and it is as if nothing had been")
  func flaky() throws {
    let film = SimulatedTitle(segments: 10, seed: 6)
    let expected = try content(
      run(film.job(SimulatedEncoder(film), in: store("a"), goal: Self.goal)))
    let flaky = SimulatedEncoder(film) { call, before in
      if call.frames.lowerBound % 2 == 0, before == 0 { throw Crash() }
    }
    let retried = Mutex(0)
    let encoded = try run(film.job(flaky, in: store("b"), goal: Self.goal)) { event in
      if case .retried = event { retried.withLock { $0 += 1 } }
    }
    #expect(try content(encoded) == expected)
    #expect(retried.withLock { $0 } > 0)
    #expect(encoded.segments.allSatisfy { $0.settings.parameters.count == 1 })
  }

  @Test("takes simple settings for what fails with others, and says so")
  func simpler() throws {
    let film = SimulatedTitle(segments: 6, seed: 8)
    let bad = film.segments[3].frames
    let encoder = SimulatedEncoder(film) { call, _ in
      if call.frames.overlaps(bad), !call.settings.parameters.isEmpty { throw Crash() }
    }
    let encoded = try run(film.job(encoder, in: store(), goal: Self.goal))
    #expect(encoded.segments[3].settings.parameters.isEmpty)
    #expect(encoded.segments[3].warnings.first?.contains("the encoder crashed") == true)
    #expect(encoded.segments[2].settings.parameters.count == 1)
  }

  @Test("fails with the story of a segment that nothing helps, after the others are done")
  func poison() throws {
    let film = SimulatedTitle(segments: 8, seed: 8)
    let bad = film.segments[2].frames
    let store = try store()
    let encoder = SimulatedEncoder(film) { call, _ in
      if call.frames.overlaps(bad) { throw Crash() }
    }
    let failure = #expect(throws: EncodingFailure.self) {
      try run(film.job(encoder, in: store, goal: Self.goal))
    }
    #expect(failure?.code == .encodingPoison)
    #expect(failure?.message.hasPrefix("segment 2 (frames \(bad.lowerBound) to") == true)
    #expect(failure?.message.contains("at a fixed CRF") == true)
    let others = Set(encoder.calls.filter { $0.settings.preset == 6 }.map(\.frames))
    #expect(others.isSuperset(of: film.segments.map(\.frames).filter { $0 != bad }))
  }

  @Test("ends once what is done is larger than all may be")
  func tooLarge() throws {
    let film = SimulatedTitle(segments: 20, seed: 8)
    let all = try run(film.job(SimulatedEncoder(film), in: store("a"), goal: nil)).bytes
    let encoder = SimulatedEncoder(film)
    var job = try film.job(encoder, in: store("b"), goal: nil)
    job.mostBytes = all / 2
    let failure = #expect(throws: EncodingFailure.self) { try run(job) }
    #expect(failure?.code == .encodingTooLarge)
    job.mostBytes = all
    #expect(try run(job).bytes == all)
  }

  @Test("ends at once where the tool is not there, and tries nothing else")
  func missing() throws {
    struct Missing: Failure {
      let code = FailureCode.toolMissing
      let message = "no ffmpeg"
      let hint: String? = nil
      let cause: (any Error)? = nil
    }
    let film = SimulatedTitle(segments: 8, seed: 8)
    let encoder = SimulatedEncoder(film) { _, _ in throw Missing() }
    #expect(throws: Missing.self) { try run(film.job(encoder, in: store(), goal: Self.goal)) }
    #expect(encoder.calls.count <= 3)
  }

  @Test("tells of every segment, and at the end of all of them")
  func progress() throws {
    let film = SimulatedTitle(segments: 10, seed: 1)
    let last = Mutex<EncodingProgress?>(nil)
    let encoded = try run(film.job(SimulatedEncoder(film), in: store(), goal: Self.goal)) { event in
      if case .done(_, let progress) = event { last.withLock { $0 = progress } }
    }
    let told = try #require(last.withLock { $0 })
    #expect(told.segmentsDone == 10 && told.framesDone == told.frames)
    #expect(told.bytes == encoded.bytes && told.expectedBytes == encoded.bytes)
    #expect(told.quality.map { abs($0 - 93) <= 0.5 } == true)
  }

  @Test("by two at once makes every piece once")
  func twoAtOnce() throws {
    let film = SimulatedTitle(segments: 12, seed: 3)
    let encoders = [SimulatedEncoder(film), SimulatedEncoder(film)]
    let results = Mutex<[[[UInt8]]]>([])
    withThreads(2) { number in
      do {
        let encoded = try run(film.job(encoders[number], in: store(), goal: Self.goal))
        let bytes = try content(encoded)
        results.withLock { $0.append(bytes) }
      } catch {
        Issue.record(error)
      }
    }
    let both = results.withLock { $0 }
    #expect(both.count == 2 && both.first == both.last)
    let calls = encoders.flatMap(\.calls)
    #expect(Set(calls).count == calls.count)
  }

  @Test("as one piece reaches the target, too, and a search alone predicts its CRF")
  func standard() throws {
    let film = SimulatedTitle(frames: [3_000], curves: [SimulatedCurve()])
    let gate = MemoryGate(pixels: 1, memory: { nil })
    var job = try film.job(SimulatedEncoder(film), in: store(), goal: Self.goal)
    job.plan = SegmentPlan(whole: 3_000)
    let encoded = try ChunkedEncoding(job, workers: 2, gate: gate).run(stop: StopFlag())
    #expect(encoded.segments.map(\.segment.frames) == [0..<3_000])
    #expect(encoded.quality.map { abs($0 - 93) <= 0.5 } == true)
    let found = try CRFSearch(job, gate: gate).run(stop: StopFlag())
    #expect(found.isMet && (1...6).contains(found.probes))
    #expect(abs(found.predictedQuality - 93) <= 1.5)
    #expect(abs(found.crf - (encoded.segments[0].settings.crf)) <= 4)
    #expect(found.predictedBytes > 0)
  }
}
