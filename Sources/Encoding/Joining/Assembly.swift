package import Foundations

/// The last steps of an encode: joined under a temporary name, checked, and only then shown.
///
/// Whatever throws before leaves no trace, and what stood at the output's name stands there still.
package struct Assembly: Sendable {
  private let film: Film
  private let output: FilePath
  private let replacing: Bool
  private let joiner: FilmJoiner
  private let stop: StopFlag
  /// How many threads the checks decode with.
  package var threads = 1

  /// An assembly into `output`; `replacing` says whether a file may stand there.
  package init(
    _ film: Film, _ plan: OutputPlan, table: FrameTable, area: PictureArea?, pieces: [FilePath],
    output: FilePath, replacing: Bool, stop: StopFlag = StopFlag(),
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.film = film
    self.output = output
    self.replacing = replacing
    self.stop = stop
    joiner = FilmJoiner(
      film, plan, table: table, area: area, pieces: pieces, stop: stop, progress: progress)
  }

  /// Refuses an output that could not be shown in the end, so that nothing is encoded in vain.
  package static func requireRoom(
    for output: FilePath, from film: FilePath, replacing: Bool
  ) throws {
    guard let there = try? FileStatus.of(output) else { return }
    if let source = try? FileStatus.of(film), source.isSameFile(as: there) {
      throw EncodingFailure(
        .encodingBadSetting, "\(output) is the source itself, which is never touched",
        hint: "give the output another name")
    }
    guard !replacing else { return }
    throw FileFailure(
      .fileExists, "\(output) exists already", hint: "--overwrite replaces it")
  }

  /// What came of it.
  package struct Outcome: Sendable {
    package let joined: JoinedFilm
    package let checks: [OutputCheck]
    package let sizeBytes: Int64
  }

  /// Joins, checks and shows the output.
  ///
  /// `measure` is given the joined file under its temporary name, and tells what it is held to, with
  /// its measured quality. Throws where any check failed; `refused` is told all lines before that.
  package func run(
    limits measure: (FilePath) throws -> OutputLimits,
    refused: ([OutputCheck]) -> Void = { _ in }
  ) throws -> Outcome {
    try Self.requireRoom(for: output, from: film.path, replacing: replacing)
    let staged = try StagedFile.create(beside: output)
    let joined = try joiner.write(into: staged.path, name: output)
    let limits = try measure(staged.path)
    let checks = try OutputValidation.run(
      staged.path, of: joined, from: film, limits: limits, threads: threads, stop: stop)
    if !checks.allSatisfy(\.isOK) { refused(checks) }
    try checks.require(output)
    try stop.check()
    let size = try staged.file.status().size
    try staged.publish(as: output, replacing: replacing)
    return Outcome(joined: joined, checks: checks, sizeBytes: size)
  }
}
