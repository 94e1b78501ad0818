package import Encoding
import FFmpegTool
package import Foundations
import Media

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
    try PlanEncode(request: request, places: places, stop: stop, tell: tell).make()
  }

  /// Does all of it.
  ///
  /// Blocks. The output has its name once everything about it was checked.
  package func run(_ request: EncodeRequest, stop: StopFlag) throws -> EncodeReport {
    let start = clock.uptime
    try ReportWork.requireFree(request)
    let plan = try plan(request, stop: stop)
    tell(.planned(plan))
    for warning in plan.warnings { tell(.warning(warning)) }
    let encoded = try encode(plan, request, stop)
    for warning in encoded.segments.flatMap(\.warnings) { tell(.warning(warning)) }
    let staged = try StagedFile.create(beside: request.output)
    let joined = try join(plan, encoded, into: staged.path, as: request.output, stop)
    let checks = try check(staged.path, joined, plan, encoded, request, stop)
    let size = try FileStatus.of(staged.path).size
    try checks.require(request.output)
    try staged.publish(as: request.output, replacing: request.settings.overwrites)
    let report = report(plan, encoded, checks, request, size: size, took: clock.uptime - start)
    for warning in ReportWork(plan, request, stop).write(report, at: clock.now) {
      tell(.warning(warning))
    }
    tell(.stage(.done))
    return report
  }

  private func encode(
    _ plan: EncodePlan, _ request: EncodeRequest, _ stop: StopFlag
  ) throws -> EncodedFilm {
    tell(.stage(.encoding))
    let size = plan.size
    let frames = FilmFrames(plan.film, plan.analysis, as: plan.form)
    let pictures = RawPictures(
      width: size.width, height: size.height, pixelFormat: request.settings.pixelFormat,
      rate: (plan.film.nominalRate.numerator, plan.film.nominalRate.denominator),
      colour: plan.film.colourOptions)
    let encoder = FFmpegSegmentEncoder(
      plan.program, pictures, from: PackedFrames(frames: frames), by: places.tools.processes,
      scratch: places.scratch)
    let tools = PieceOrigin.tools(plan.program, plan.goal?.metric, height: size.height)
    let origin = PieceOrigin(
      digests: plan.analysis.digests, area: plan.area, pictures: pictures, encoder: tools.encoder,
      meter: tools.meter)
    let job = EncodingJob(
      plan: plan.segments, origin: origin, settings: plan.settings, goal: plan.goal,
      allocation: request.settings.allocation, encoder: encoder,
      store: try SegmentStore(places.segments))
    let gate = MemoryGate(pixels: size.width * size.height)
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
    _ plan: EncodePlan, _ encoded: EncodedFilm, into file: FilePath, as name: FilePath,
    _ stop: StopFlag
  ) throws -> JoinedFilm {
    tell(.stage(.muxing))
    let tell = tell
    let count = Double(max(1, plan.analysis.table.count))
    return try FilmJoiner(
      plan.film, plan.output, table: plan.analysis.table, area: plan.area,
      pieces: encoded.segments.map(\.piece.file), stop: stop,
      progress: { tell(.progress(.muxing, fraction: Double($0) / count)) }
    ).write(into: file, name: name)
  }

  private func check(
    _ file: FilePath, _ joined: JoinedFilm, _ plan: EncodePlan, _ encoded: EncodedFilm,
    _ request: EncodeRequest, _ stop: StopFlag
  ) throws -> [OutputCheck] {
    tell(.stage(.validation))
    var limits = OutputLimits()
    limits.maximumPercent = request.settings.maxEncodedPercent
    limits.bitDepth = plan.form.format.bitDepth
    // What could not be reached was warned of; the best that there is passes.
    let isBestEffort = encoded.segments.contains { !$0.warnings.isEmpty }
    if let goal = plan.goal, let quality = encoded.quality, !isBestEffort {
      limits.quality = OutputLimits.Quality(
        metric: goal.metric.rawValue, value: quality, target: goal.target)
    }
    return try OutputValidation.run(
      file, of: joined, from: plan.film, limits: limits, threads: Machine.cores, stop: stop)
  }

  private func report(
    _ plan: EncodePlan, _ encoded: EncodedFilm, _ checks: [OutputCheck], _ request: EncodeRequest,
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
      }, checks: checks)
    report.metric = plan.goal?.metric.rawValue ?? report.metric
    report.target = plan.goal?.target
    report.warnings = plan.warnings + encoded.segments.flatMap(\.warnings)
    return report
  }
}
