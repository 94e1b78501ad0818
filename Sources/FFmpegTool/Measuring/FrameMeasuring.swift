package import Foundations

/// Reference frames on their way to be compared, one by one, with those of an encoded film.
///
/// Frames are counted on both sides and their times not looked at, so that a varying rate shifts
/// nothing. For one thread of its owner's own, which `write` and `finish` block. Letting go of an
/// unfinished one kills the program.
package final class FrameMeasuring {
  private let child: ToolChild
  private let pictures: RawPictures
  private let report: MeasureReport
  private var frames = 0

  private init(_ child: ToolChild, _ pictures: RawPictures, _ report: MeasureReport) {
    self.child = child
    self.pictures = pictures
    self.report = report
  }

  /// Starts to measure the film in a file against frames that will be written; a raised `stop` ends
  /// it at once.
  ///
  /// The file holds just the frames that will be written, of the size told; its pixels are brought to
  /// the form of those written. What the program leaves for us to read is put below `scratch`.
  ///
  /// - Parameter every: one frame of so many is measured, though all are written; VMAF alone can.
  package static func start(
    _ program: FFmpegProgram, _ metric: QualityMetric, every: Int = 1,
    reference pictures: RawPictures,
    distorted: FilePath, scratch: ScratchFolders, conditions: ToolConditions = ToolConditions(),
    by processes: ChildProcesses, stop: StopFlag
  ) throws(FFmpegToolFailure) -> FrameMeasuring {
    guard program.metrics.contains(metric) else {
      throw FFmpegToolFailure(
        .toolMissing, "\(program.path) cannot measure \(metric.rawValue)",
        hint: FFmpegSearch.installing)
    }
    let report = try MeasureReport(metric, every: every, below: scratch)
    var command = conditions.command(
      program,
      report.arguments(
        pictures, .frames, distorted: FilmComparison.Side(distorted),
        threads: conditions.threads ?? 1))
    command.folder = report.folder.path
    command.input = .stream
    let child = try ToolChild.start(
      command, by: processes, stop: stop, patience: conditions.patience, sign: report.sign)
    return FrameMeasuring(child, pictures, report)
  }

  /// What the program uses at this moment; nil once it has ended.
  package var useNow: (cpuSeconds: Double, memoryBytes: Int64)? { child.useNow }

  /// Writes the next frame of the reference: its planes one after the other, rows without gaps.
  package func write(_ frame: [UInt8]) throws(FFmpegToolFailure) {
    precondition(frame.count == pictures.frameBytes, "a frame of another size than was told")
    try child.write(frame)
    frames += 1
  }

  /// Waits for the end; `tool.unequal` where the film has not just as many frames as were written.
  package func finish() throws(FFmpegToolFailure) -> MeasuredFrames {
    let result = try child.finish()
    return MeasuredFrames(
      scores: try report.scores(reference: frames, result), usage: result.usage)
  }
}
