import Encoding
import FFmpegTool
import Foundations
import Jobs
import Synchronization

/// Tells a job's progress in the words that encodes have of their own.
///
/// `progress.details` has `input_file`, `output_file`, `current_segment`, `total_segments`,
/// `vmaf_scores` (of each segment, null before it has one), `average_vmaf`, `fps`, `size_so_far`,
/// `encodes` and `reused` (made by this attempt, and found from an earlier one, probes included),
/// `temp_files`, and of the encoders that run `processes`, `memory_usage` in bytes and `cpu_usage` in
/// percent of one core.
final class EncodeProgress: Sendable {
  private static let pause = Duration.seconds(1)
  // A film of so many segments takes days; the average tells of the others.
  private static let mostScores = 5_000

  private struct State {
    var scores: [Double?] = []
    var isVMAF = false
    var tool: String?
    var encodes = 0
    var reused = 0
    /// How many segments are done, in words.
    var message = ""
    var hasEnded = false
  }

  private let context: JobContext
  private let state = Mutex(State())
  private let ending = StopFlag()

  /// Begins to tell, also of the encoders that run.
  init(
    _ context: JobContext, _ request: EncodeRequest, of input: String, into output: String?,
    _ places: EncodingPlaces
  ) {
    self.context = context
    context.stage("init")
    var temporary = [places.segments]
    if output != nil { temporary.append(request.output) }
    context.event([
      "input_file": .string(input), "output_file": .string(output ?? request.output.text),
      "temp_files": .array(temporary.map { .string($0.text) }),
    ])
    let ending = ending
    // Without a thread it goes as well, with less told.
    try? OwnThread.start(named: "encode-use") { [weak self] in
      let bell = Monitor(())
      let token = ending.onStop { _ in bell.notify() }
      defer { ending.removeAction(token) }
      var use = EncoderUse()
      while !ending.isStopped {
        _ = bell.wait(atMost: Self.pause) { _ in ending.isStopped ? true : nil }
        guard let self else { return }
        if !ending.isStopped { tell(&use) }
      }
    }
  }

  /// Ends the telling; no encoder runs any more.
  func end() {
    ending.stop()
    // Told inside the lock, so that nothing older comes after it.
    state.withLock { state in
      state.hasEnded = true
      context.event(["processes": 0, "memory_usage": 0, "cpu_usage": 0])
    }
  }

  /// Takes news from whatever thread.
  func take(_ news: EncodeNews) {
    switch news {
    case .planned(let plan):
      let count = plan.segments.segments.count
      state.withLock { state in
        state.isVMAF = plan.goal?.metric == .vmaf
        state.scores = Array(repeating: nil, count: min(count, Self.mostScores))
        state.tool = plan.program.path.name
      }
      context.event([
        "current_segment": 0, "total_segments": .int(count), "encoder": .string(plan.encoder),
        "encodes": 0, "reused": 0,
      ])
    case .stage(let stage):
      context.stage(stage.rawValue)
      context.progress.report(stage.whole(at: 0))
    case .progress(let stage, let fraction):
      let message = stage == .encoding ? state.withLock { $0.message } : ""
      context.progress.report(stage.whole(at: fraction), message)
    case .segment(let event): take(event)
    case .warning(let text): context.log.warning(text)
    }
  }

  private func take(_ event: EncodingEvent) {
    switch event {
    case .measured(let segment, _, let quality, let isProbe, let isReused):
      state.withLock { state in
        if isReused { state.reused += 1 } else { state.encodes += 1 }
        guard !isProbe, state.isVMAF, state.scores.indices.contains(segment) else { return }
        state.scores[segment] = quality
      }
    case .retried(let segment, let reason):
      context.log.warning(
        "a segment is tried again", ["segment": .int(segment), "reason": .string(reason)])
    case .done(_, let progress):
      let state = state.withLock { state in
        state.message =
          "\(progress.segmentsDone) of \(HumanText.count(progress.segments, "segment"))"
        if state.isVMAF, let quality = progress.quality {
          state.message += ", vmaf \(String(quality, decimals: 1))"
        }
        return state
      }
      context.event([
        "current_segment": .int(progress.segmentsDone), "total_segments": .int(progress.segments),
        "vmaf_scores": .array(state.scores.map { .double(orNull: $0) }),
        "average_vmaf": .double(orNull: state.isVMAF ? progress.quality : nil),
        "fps": .double(progress.framesPerSecond), "size_so_far": .int(progress.bytes),
        "encodes": .int(state.encodes), "reused": .int(state.reused),
      ])
    }
  }

  private func tell(_ use: inout EncoderUse) {
    guard let tool = state.withLock({ $0.tool }) else { return }
    let now = use.read(tool, at: SystemTime().uptime)
    state.withLock { state in
      guard !state.hasEnded else { return }
      context.event([
        "processes": .int(now.processes), "memory_usage": .int(now.memory),
        "cpu_usage": .double((now.cores * 1_000).rounded() / 10),
      ])
    }
  }
}
