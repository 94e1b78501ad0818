import Encoding
import FFmpegTool
import Foundations
import Media

/// Looks at a film and decides how it is encoded; refuses what cannot be before any work is done.
struct PlanEncode {
  let request: EncodeRequest
  let places: EncodingPlaces
  let stop: StopFlag
  /// Whether what is known of the film turned out wrong, and it is looked at with more care.
  var isAnew = false
  let tell: @Sendable (EncodeNews) -> Void

  private var settings: EncodeSettings { request.settings }

  func make() throws -> EncodePlan {
    try settings.check()
    let container = try OutputContainer(of: request.output)
    try OutputPlace(path: request.output).requireFree(
      from: request.input, replacing: settings.overwrites)
    let film = try Film.open(request.input, stop: stop)
    let output = try OutputPlan.make(for: film, in: container, request.choices)
    let program = try places.tools.search().requireProgram()
    let goal = try settings.goal(isHDR: film.isHDR, program: program)
    // Asked before the film is looked at, which takes a while.
    let check = ParameterCheck(program, memory: places.tools.memory, by: places.tools.processes)
    let meaning = try settings.meaning(
      of: film, width: film.video.video?.width ?? 0, program, check)
    try check.require(meaning.settings)
    let analysis = try analyse(film)
    return try decide(film, output, program, goal, analysis, check)
  }

  private func analyse(_ film: Film) throws -> FilmAnalysis {
    tell(.stage(.analysis))
    let progress = ProgressSink { [tell] update in
      tell(.progress(.analysis, fraction: update.fraction ?? 0))
    }
    return try AnalysisStore(folder: places.analyses).analysis(
      of: film, by: isAnew ? FilmAnalyser(threads: 1) : FilmAnalyser(), isAnew: isAnew,
      progress: progress, stop: stop)
  }

  private func decide(
    _ film: Film, _ output: OutputPlan, _ program: FFmpegProgram, _ goal: QualityGoal?,
    _ analysis: FilmAnalysis, _ check: ParameterCheck
  ) throws -> EncodePlan {
    tell(.stage(.segmentation))
    let condition = SourceCondition(film, analysis)
    try condition.requireOnePicture()
    try condition.requireWholePictures(settings.deinterlaces)
    let deinterlaces = condition.isInterlaced && settings.deinterlaces == true
    let coded = film.video.video
    let area = try settings.crop.area(
      of: coded?.width ?? 0, coded?.height ?? 0, found: analysis.crop)
    guard let format = PixelFormat(named: settings.pixelFormat),
      let muxer = output.container.muxer
    else { preconditionFailure("the plan of the output and the settings were checked") }
    let form = FrameForm(
      of: film, area: area, format: format, deinterlaces: deinterlaces, in: muxer)
    let meaning = try settings.meaning(of: film, width: form.size(of: film).width, program, check)
    let (isChunked, reason) = mode(goal)
    let segments =
      isChunked
      ? SegmentPlan(
        cuts: analysis.cuts.map(\.frame), count: analysis.table.count, rate: film.nominalRate)
      : SegmentPlan(whole: analysis.table.count)
    let size = form.size(of: film)
    let most = MemoryGate.encoders(
      pixels: size.width * size.height, cores: Machine.cores, memory: Machine.memory)
    return EncodePlan(
      film: film, program: program, output: output, analysis: analysis,
      losses: condition.losses, hardware: request.hardware, area: area, form: form,
      settings: meaning.settings, leftOut: meaning.leftOut, goal: goal, segments: segments,
      isChunked: isChunked, reason: reason,
      workers: min(settings.workers ?? most, segments.segments.count))
  }

  private func mode(_ goal: QualityGoal?) -> (isChunked: Bool, reason: String) {
    switch settings.mode {
    case .standard: (false, "as asked for")
    case .chunked: (true, "as asked for")
    case .auto where goal == nil: (true, "segments at one CRF, so that it can be gone on with")
    case .auto: (true, "segments, each to the target")
    }
  }
}
