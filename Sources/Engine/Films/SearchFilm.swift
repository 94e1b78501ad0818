package import Encoding
package import FFmpegTool
package import Foundations
import Media

/// The use case behind `mediary search`: the one CRF that brings a film to a quality, from samples.
///
/// The samples are segments as an encode of the film makes them. What they showed is kept, so that
/// another search, and an encode to a target, need not measure it again.
package struct SearchFilm: Sendable {
  private let places: EncodingPlaces

  /// A search that keeps what it measures in these places.
  package init(_ places: EncodingPlaces) { self.places = places }

  /// What is told while it goes on.
  package enum News: Sendable {
    /// The film is looked at; a share of it is done.
    case analysing(Double)
    /// What the search does.
    case search(CRFSearch.News)
  }

  /// What was found, and of what.
  package struct Answer: Sendable {
    package let film: Film
    package let found: CRFSearch.Found
    package let goal: QualityGoal
    /// Without a CRF of their own.
    package let settings: AV1Settings
    /// The encoder with its version.
    package let encoder: String
    /// The part of the pictures that is kept; nil for all.
    package let area: PictureArea?
    /// How many segments were looked at, how many frames these are, and how many the film has.
    package let samples: (segments: Int, frames: Int, of: Int)
    /// Parameters of the profile that this encoder lacks.
    package let leftOut: [String]

    /// Whether the target is to be had, within the tolerance.
    package var isReachable: Bool {
      found.predictedQuality >= goal.target - goal.tolerance
    }
  }

  /// Looks for it; blocks the thread until it is found.
  ///
  /// - Parameter count: how many segments are looked at; nil for twelve.
  package func run(
    _ path: FilePath, _ settings: EncodeSettings, samples count: Int?, stop: StopFlag,
    tell: @escaping @Sendable (News) -> Void
  ) throws -> Answer {
    try settings.check()
    let film = try Film.open(path, stop: stop)
    let program = try places.tools.search().requireProgram(measuring: settings.metric)
    guard let goal = try settings.goal(isHDR: film.isHDR, program: program) else {
      preconditionFailure("the program measures, and no CRF was given")
    }
    let check = ParameterCheck(program, memory: places.tools.memory, by: places.tools.processes)
    let coded = film.video.video
    // Asked before the film is looked at, which takes a while.
    try check.require(
      meaning(settings, width: coded?.width ?? 0, film, program, check).settings)
    let analysis = try AnalysisStore(folder: places.analyses).analysis(
      of: film, by: FilmAnalyser(), progress: ProgressSink { tell(.analysing($0.fraction ?? 0)) },
      stop: stop)
    let area = try settings.crop.area(
      of: coded?.width ?? 0, coded?.height ?? 0, found: analysis.crop)
    guard let format = PixelFormat(named: settings.pixelFormat),
      let matroska = Container(named: "matroska")
    else { preconditionFailure("the settings were checked") }
    let form = FrameForm(of: film, area: area, format: format, in: matroska)
    let meaning = try meaning(settings, width: form.size(of: film).width, film, program, check)
    let job = try job(film, analysis, form, settings, meaning.settings, goal, program)
    let samples = FilmSamples(
      of: job.plan, complexity: analysis.complexity, places: count)
    let size = form.size(of: film)
    let pixels = size.width * size.height
    let workers =
      settings.workers
      ?? MemoryGate.encoders(pixels: pixels, cores: Machine.cores, memory: Machine.memory)
    let found = try CRFSearch(
      job, gate: MemoryGate(pixels: pixels), samples: samples, workers: workers
    ).run(stop: stop) { tell(.search($0)) }
    return Answer(
      film: film, found: found, goal: goal, settings: meaning.settings,
      encoder: "SVT-AV1 \(program.encoderVersion ?? "of no known version")", area: area,
      samples: (samples.count, samples.frames, analysis.table.count),
      leftOut: meaning.leftOut)
  }

  private func meaning(
    _ settings: EncodeSettings, width: Int, _ film: Film, _ program: FFmpegProgram,
    _ check: ParameterCheck
  ) throws -> EncodeSettings.Meaning {
    try settings.meaning(
      width: width, rate: film.nominalRate, takesQuarters: program.takesQuarters
    ) { parameter in
      var alone = AV1Settings(crfQuarters: 120, preset: 12, keyInterval: 0)
      alone.parameters = [parameter]
      return (try? check.require(alone)) != nil
    }
  }

  /// The job of an encode of the film.
  private func job(
    _ film: Film, _ analysis: FilmAnalysis, _ form: FrameForm, _ asked: EncodeSettings,
    _ settings: AV1Settings, _ goal: QualityGoal, _ program: FFmpegProgram
  ) throws -> EncodingJob {
    let size = form.size(of: film)
    let rate = film.nominalRate
    let pictures = RawPictures(
      width: size.width, height: size.height, pixelFormat: asked.pixelFormat,
      rate: (rate.numerator, rate.denominator), colour: film.colourOptions)
    let encoder = FFmpegSegmentEncoder(
      program, pictures, from: PackedFrames(frames: FilmFrames(film, analysis, as: form)),
      by: places.tools.processes, scratch: places.scratch)
    let tools = PieceOrigin.tools(program, goal.metric, height: size.height)
    return EncodingJob(
      plan: SegmentPlan(
        cuts: analysis.cuts.map(\.frame), count: analysis.table.count, rate: rate),
      origin: PieceOrigin(
        digests: analysis.digests, area: form.area, pictures: pictures, encoder: tools.encoder,
        meter: tools.meter),
      settings: settings, goal: goal, encoder: encoder,
      store: try SegmentStore(places.segments))
  }
}
