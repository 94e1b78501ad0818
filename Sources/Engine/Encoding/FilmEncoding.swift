import Encoding
import FFmpegTool
import Foundations
import Media

/// One film on its way from its plan to its report.
struct FilmEncoding {
  private let request: EncodeRequest
  private let places: EncodingPlaces
  private let clock: any TimeSource
  private let stop: StopFlag
  private let tell: @Sendable (EncodeNews) -> Void

  init(
    _ request: EncodeRequest, _ places: EncodingPlaces, clock: any TimeSource, stop: StopFlag,
    tell: @escaping @Sendable (EncodeNews) -> Void
  ) {
    self.request = request
    self.places = places
    self.clock = clock
    self.stop = stop
    self.tell = tell
  }

  func run() throws -> EncodeReport {
    let start = clock.uptime
    let source = try SourceFile(request.input)
    let place = OutputPlace(path: request.output)
    try place.requireFree(from: request.input, replacing: request.settings.overwrites)
    try place.requireWritable()
    try ReportWork.requireFree(request)
    let store = try SegmentStore(places.segments)
    // What was found is not to be swept away before it is joined.
    let use = try store.use(stop: stop)
    defer { withExtendedLifetime(use) {} }
    let (plan, encoded) = try encode(source, store)
    let shortfalls =
      encoded.segments.flatMap(\.warnings) + [missed(plan, encoded)].compactMap { $0 }
    for warning in shortfalls { tell(.warning(warning)) }
    var warnings = plan.warnings + shortfalls
    let staged = try stage()
    let joined = try join(plan, encoded, into: staged.path)
    for warning in joined.losses { tell(.warning(warning)) }
    warnings += joined.losses
    let checks = try check(staged.path, joined, plan, encoded)
    let size = try FileStatus.of(staged.path).size
    try checks.require(request.output)
    // Pictures of one film and sound of another would be no film.
    try source.requireUnchanged()
    try staged.publish(as: request.output, replacing: request.settings.overwrites)
    let report = report(
      plan, encoded, checks, warnings, size: size, took: clock.uptime - start)
    for warning in ReportWork(plan, request, stop).write(report, at: clock.now) {
      tell(.warning(warning))
    }
    tell(.stage(.done))
    return report
  }

  private func stage() throws -> StagedFile {
    guard let work = places.work else { return try StagedFile.create(beside: request.output) }
    return try work.stage(request.output)
  }

  /// Encodes; a film whose frames turn out to come out otherwise than when it was looked at is
  /// looked at once more: by several threads some damage shows in its frames alone.
  private func encode(
    _ source: SourceFile, _ store: SegmentStore
  ) throws -> (EncodePlan, EncodedFilm) {
    let plan = try plan(isAnew: false)
    do {
      return (plan, try encode(plan, store))
    } catch let failure as EncodingFailure where failure.code == .encodingFilmChanged {
      try source.requireUnchanged()
      tell(.warning("the film is damaged so that it is decoded by one thread, and looked at anew"))
      let plan = try self.plan(isAnew: true)
      return (plan, try encode(plan, store))
    }
  }

  private func plan(isAnew: Bool) throws -> EncodePlan {
    let plan = try PlanEncode(
      request: request, places: places, stop: stop, isAnew: isAnew, tell: tell
    ).make()
    tell(.planned(plan))
    for warning in plan.warnings { tell(.warning(warning)) }
    return plan
  }

  private func encode(_ plan: EncodePlan, _ store: SegmentStore) throws -> EncodedFilm {
    tell(.stage(.encoding))
    let film = FilmJob(
      film: plan.film, analysis: plan.analysis, form: plan.form, program: plan.program,
      places: places, priority: request.priority)
    var job = film.encoding(plan.segments, plan.settings, plan.goal, into: store)
    job.allocation = request.settings.allocation
    job.mostBytes = request.settings.maxEncodedPercent.map {
      Int64(Double(plan.film.size) * $0 / 100)
    }
    let gate = MemoryGate(pixels: plan.size.width * plan.size.height)
    let tell = tell
    return try ChunkedEncoding(job, workers: plan.workers, gate: gate).run(
      stop: stop, clock: clock
    ) { event in
      tell(.segment(event))
      if case .done(_, let progress) = event, progress.frames > 0 {
        let share = Double(progress.framesDone) / Double(progress.frames)
        tell(.progress(.encoding, fraction: share))
      }
    }
  }

  private func join(
    _ plan: EncodePlan, _ encoded: EncodedFilm, into file: FilePath
  ) throws -> JoinedFilm {
    tell(.stage(.muxing))
    let tell = tell
    let count = Double(max(1, plan.analysis.table.count))
    return try FilmJoiner(
      plan.film, plan.output, table: plan.analysis.table, area: plan.area,
      turn: plan.form.turn, pieces: encoded.segments.map(\.piece.file), stop: stop,
      progress: { tell(.progress(.muxing, fraction: Double($0) / count)) }
    ).write(into: file, name: request.output)
  }

  /// How far the film is from its target, where it is farther than it should be.
  private func missed(_ plan: EncodePlan, _ encoded: EncodedFilm) -> String? {
    guard let goal = plan.goal, let quality = encoded.quality,
      quality < goal.target - goal.titleTolerance
    else { return nil }
    return "\(goal.metric.rawValue) \(String(quality, decimals: 2)) is what the whole film has, and"
      + " \(String(goal.target, decimals: 2)) was asked for"
  }

  private func check(
    _ file: FilePath, _ joined: JoinedFilm, _ plan: EncodePlan, _ encoded: EncodedFilm
  ) throws -> [OutputCheck] {
    tell(.stage(.validation))
    var limits = OutputLimits()
    limits.maximumPercent = request.settings.maxEncodedPercent
    limits.bitDepth = plan.form.format.bitDepth
    // What could not be reached was warned of; the best that there is passes.
    let isBestEffort = encoded.segments.contains { !$0.warnings.isEmpty }
    if let goal = plan.goal, let quality = encoded.quality, !isBestEffort {
      // The mean of few segments comes no nearer than each of them.
      limits.quality = OutputLimits.Quality(
        metric: goal.metric.rawValue, value: quality, target: goal.target,
        tolerance: missed(plan, encoded) == nil ? goal.titleTolerance : goal.patience)
    }
    return try OutputValidation.run(
      file, of: joined, from: plan.film, limits: limits, threads: Machine.cores, stop: stop)
  }

  private func report(
    _ plan: EncodePlan, _ encoded: EncodedFilm, _ checks: [OutputCheck], _ warnings: [String],
    size: Int64, took: Duration
  ) -> EncodeReport {
    let table = plan.analysis.table
    let ticks = (table.ticks.last ?? 0) + table.lastDuration - (table.ticks.first ?? 0)
    let length = MediaTime(ticks: ticks, timebase: table.timebase).seconds
    var parameters = [
      EncodeReport.Parameter("preset", "\(plan.settings.preset)"),
      EncodeReport.Parameter("keyint", "\(plan.settings.keyInterval)"),
      EncodeReport.Parameter("pix_fmt", request.settings.pixelFormat),
    ]
    if plan.goal == nil { parameters.append(.init("crf", "\(plan.settings.crf)")) }
    parameters += plan.settings.parameters.map { .init($0.key, $0.value) }
    let isVMAF = plan.goal?.metric == .vmaf
    var report = EncodeReport(
      input: request.input, output: request.output, sizeBefore: plan.film.size, sizeAfter: size,
      durationSeconds: length, seconds: took / .seconds(1), encoder: plan.encoder,
      parameters: parameters,
      vmaf: isVMAF ? EncodeReport.Score(encoded.segments.flatMap(\.scores)) : nil,
      segments: encoded.segments.map { segment in
        SegmentReport(
          index: segment.segment.index, frames: segment.segment.frames, crf: segment.settings.crf,
          vmaf: isVMAF ? segment.quality : nil, sizeBytes: segment.piece.bytes,
          encodes: segment.work.encodes, scores: segment.scores)
      }, effort: plan.goal == nil ? nil : encoded.work, checks: checks)
    report.metric = plan.goal?.metric.rawValue ?? report.metric
    report.target = plan.goal?.target
    report.warnings = warnings
    return report
  }
}
