package import FFmpegTool
package import Foundations

/// Encodes and measures by an ffmpeg as a child process, which is fed with bare frames.
package struct FFmpegSegmentEncoder<Source: FrameSource>: SegmentEncoder {
  // The same everywhere, so that what comes out cannot depend on the number of workers.
  private static var threads: Int { 2 }

  private let program: FFmpegProgram
  private let pictures: RawPictures
  private let source: Source
  private let processes: ChildProcesses
  private let scratch: ScratchFolders
  private let priority: ChildPriority
  private let patience: Duration

  /// An encoder of a film's frames.
  ///
  /// - Parameters:
  ///   - scratch: where the measure may write for the time it runs.
  ///   - patience: how long a program may do nothing before it is killed.
  package init(
    _ program: FFmpegProgram, _ pictures: RawPictures, from source: Source,
    by processes: ChildProcesses, scratch: ScratchFolders, priority: ChildPriority = .init(),
    patience: Duration = ToolConditions().patience
  ) {
    self.program = program
    self.pictures = pictures
    self.source = source
    self.processes = processes
    self.scratch = scratch
    self.priority = priority
    self.patience = patience
  }

  package func encode(
    _ frames: Range<Int>, every step: Int, _ settings: AV1Settings, into file: FilePath,
    stop: StopFlag
  ) throws -> EncodedPiece {
    var conditions = ToolConditions()
    conditions.threads = Self.threads
    conditions.priority = priority
    conditions.patience = patience
    let encoding = try FrameEncoding.start(
      program, pictures, settings, into: file, conditions: conditions, by: processes, stop: stop)
    try source.eachFrame(frames, every: step, stop: stop) { try encoding.write($0) }
    let encoded = try encoding.finish()
    return EncodedPiece(
      file: file, frames: frames, step: step, bytes: encoded.bytes,
      cpuSeconds: encoded.cpuSeconds, peakMemory: encoded.peakMemory)
  }

  package func score(
    _ piece: EncodedPiece, by metric: QualityMetric, every: Int, stop: StopFlag
  ) throws -> ScoredPiece {
    var conditions = ToolConditions()
    conditions.priority = priority
    conditions.patience = patience
    let measuring = try FrameMeasuring.start(
      program, metric, every: every, reference: pictures, distorted: piece.file, scratch: scratch,
      conditions: conditions, by: processes, stop: stop)
    try source.eachFrame(piece.frames, every: piece.step, stop: stop) { try measuring.write($0) }
    let measured = try measuring.finish()
    return ScoredPiece(scores: measured.scores, cpuSeconds: measured.cpuSeconds)
  }
}

extension PieceOrigin {
  /// The words by which a program's pieces are told from those of other programs and versions.
  package static func tools(
    _ program: FFmpegProgram, _ metric: QualityMetric?, height: Int
  ) -> (encoder: String, meter: String) {
    let encoder = "SVT-AV1 \(program.encoderVersion ?? "none") in ffmpeg \(program.version)"
    switch metric {
    case .vmaf: return (encoder, "\(QualityMetric.vmafModel(height: height)) \(program.version)")
    case .xpsnr: return (encoder, "xpsnr \(program.version)")
    case nil: return (encoder, "none")
    }
  }
}
