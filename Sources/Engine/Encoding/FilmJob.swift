import Encoding
import FFmpegTool
import Foundations
import Media

/// What an encode and a search for its CRF make of a film that was looked at, so that each finds what
/// the other has made.
struct FilmJob {
  let film: Film
  let analysis: FilmAnalysis
  let form: FrameForm
  let program: FFmpegProgram
  let places: EncodingPlaces
  var priority = ChildPriority()

  /// The job of encoding it in segments.
  func encoding(
    _ plan: SegmentPlan, _ settings: AV1Settings, _ goal: QualityGoal?, into store: SegmentStore
  ) -> EncodingJob {
    let size = form.size(of: film)
    let pictures = RawPictures(
      width: size.width, height: size.height, pixelFormat: form.format.name,
      rate: (film.nominalRate.numerator, film.nominalRate.denominator),
      colour: film.colourOptions)
    let encoder = FFmpegSegmentEncoder(
      program, pictures, from: PackedFrames(frames: FilmFrames(film, analysis, as: form)),
      by: places.tools.processes, scratch: places.scratch, priority: priority,
      patience: places.patience)
    let tools = PieceOrigin.tools(program, goal?.metric, height: size.height)
    let origin = PieceOrigin(
      digests: analysis.digests, area: form.area, pictures: pictures, steps: form.steps,
      leansOnNeighbours: form.deinterlaces, encoder: tools.encoder, meter: tools.meter)
    return EncodingJob(
      plan: plan, origin: origin, settings: settings, goal: goal, encoder: encoder, store: store)
  }
}

extension EncodeSettings {
  /// What they mean for a film of a width, as far as the program knows their parameters.
  func meaning(
    of film: Film, width: Int, _ program: FFmpegProgram, _ check: ParameterCheck
  ) throws -> Meaning {
    try meaning(width: width, rate: film.nominalRate, takesQuarters: program.takesQuarters) {
      var alone = AV1Settings(crfQuarters: 120, preset: 12, keyInterval: 0)
      alone.parameters = [$0]
      return (try? check.require(alone)) != nil
    }
  }
}
