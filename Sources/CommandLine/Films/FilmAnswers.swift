import Encoding
import Engine
import Foundations
import Media

/// What the commands that look at one film have in common.
enum FilmAnswers {
  static let file = Argument("FILE", .path(.file), "A film.")

  /// Looks at the film that was named, with a bar where somebody is there to see it.
  static func look(
    _ arguments: ParsedArguments, _ context: CommandContext
  ) throws -> (film: Film, analysis: FilmAnalysis) {
    let path = arguments[file]
    let progress = CommandProgress(
      path.fileName?.text ?? path.text, context, isShown: !context.isJSON && !context.isQuiet)
    defer { progress.end() }
    let configuration = try context.configuration()
    let work = AnalyseFilm(
      try EncodingPlaces(configuration, environment: context.environment),
      threads: Jobs.count(configuration))
    return try work.run(path, progress: progress.sink, stop: context.stop)
  }

  /// What is to be known of an analysis beside its answer: that parts of the film are damaged.
  static func warn(_ analysis: FilmAnalysis, _ context: CommandContext) {
    let damaged = analysis.damagedFrames.count + analysis.gaps
    if damaged > 0 {
      context.say(
        StyledText("\(HumanText.count(damaged, "frame")) of the film damaged or missing", .warning))
    }
    if analysis.mendedTimes > 0 {
      context.say(
        StyledText(
          "\(HumanText.count(analysis.mendedTimes, "frame")) without a time in order; made up",
          .warning))
    }
  }
}
