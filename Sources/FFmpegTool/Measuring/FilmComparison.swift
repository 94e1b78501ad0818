package import Foundations

/// Two films in files that are compared frame by frame, both read by ffmpeg.
package struct FilmComparison: Sendable {
  /// A film in a file.
  package struct Side: Sendable {
    package let path: FilePath
    /// Which stream of the file, as ffmpeg names it: "0", or "v:0" for the first film.
    package let stream: String

    /// A file's stream by its number, or its first film.
    package init(_ path: FilePath, stream: Int? = nil) {
      self.path = path
      self.stream = stream.map { "\($0)" } ?? "v:0"
    }
  }

  private let reference: Side
  private let distorted: Side
  private let pictures: RawPictures
  private let crop: String?

  /// A comparison; `pictures` is the size that both have, once `crop` ("W:H:X:Y") is taken of the
  /// reference, and the form they are brought to.
  package init(
    reference: Side, distorted: Side, pictures: RawPictures, crop: String? = nil
  ) {
    self.reference = reference
    self.distorted = distorted
    self.pictures = pictures
    self.crop = crop
  }

  /// Measures each frame, on the calling thread, which it blocks; a raised `stop` ends it at once.
  ///
  /// `tool.unequal` where the films have not the same number of frames.
  package func measure(
    by metric: QualityMetric, with program: FFmpegProgram, scratch: ScratchFolders,
    conditions: ToolConditions = ToolConditions(),
    processes: ChildProcesses, stop: StopFlag
  ) throws(FFmpegToolFailure) -> MeasuredFrames {
    let report = try MeasureReport(metric, below: scratch)
    var command = conditions.command(
      program,
      report.arguments(
        pictures, .film(reference, crop: crop), distorted: distorted,
        threads: conditions.threads ?? 1))
    command.folder = report.folder.path
    let child = try ToolChild.start(
      command, by: processes, stop: stop, patience: conditions.patience, sign: report.sign)
    let result = try child.finish()
    return MeasuredFrames(
      scores: try report.scores(reference: nil, result), usage: result.usage)
  }
}

extension FilmComparison.Side {
  /// The options by which ffmpeg reads it, at a rate that makes no time of any frame count.
  func arguments(_ pictures: RawPictures) -> [ChildArgument] {
    [
      "-r", "\(pictures.rate.frames)/\(pictures.rate.seconds)", "-i",
      ChildArgument("file:", path.fromRoot),
    ]
  }
}

extension FilePath {
  /// The path as a child in another working folder needs it.
  fileprivate var fromRoot: FilePath {
    isAbsolute ? self : FilePath("/proc/\(Machine.processNumber)/cwd").appending(self)
  }
}
