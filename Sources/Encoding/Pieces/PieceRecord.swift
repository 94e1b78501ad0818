import Foundations

/// What is known of a piece beside its file: JSON that stands for the piece being whole.
struct PieceRecord: Sendable, Hashable {
  var frames: Int
  var step: Int
  var bytes: Int64
  /// How long its file is: the pictures, and what the container adds.
  var fileBytes: Int64
  /// The SHA-256 of its file.
  var digest: String
  var cpuSeconds: Double
  var peakMemory: Int64
  /// Of one frame of `scoredEvery`.
  var scores: [Double]
  var scoredEvery: Int
  var scoreSeconds: Double

  /// A record of what was made.
  init(_ piece: EncodedPiece, fileBytes: Int64, digest: String, _ scored: ScoredPiece, every: Int) {
    frames = piece.frames.count
    step = piece.step
    bytes = piece.bytes
    self.fileBytes = fileBytes
    self.digest = digest
    cpuSeconds = piece.cpuSeconds
    peakMemory = piece.peakMemory
    scores = scored.scores
    scoredEvery = every
    scoreSeconds = scored.cpuSeconds
  }

  /// A record as it was written; nil where it is none.
  init?(_ json: JSONValue) {
    guard json["format"]?.int == 1, let frames = json["frames"]?.int,
      let step = json["step"]?.int, let bytes = json["bytes"]?.int,
      let fileBytes = json["file_bytes"]?.int,
      let digest = json["sha256"]?.string, let cpu = json["cpu_seconds"]?.double,
      let memory = json["peak_memory_bytes"]?.int, let all = json["scores"]?.array,
      let scoreSeconds = json["score_cpu_seconds"]?.double
    else { return nil }
    let scores = all.compactMap(\.double)
    let every = json["scored_every"]?.int ?? 1
    guard scores.count == all.count, step > 0, frames > 0, every > 0 else { return nil }
    // Either every frame that should be was measured, or none could be.
    let encoded = (frames + step - 1) / step
    guard scores.isEmpty || scores.count == (encoded + every - 1) / every else { return nil }
    self.frames = frames
    self.step = step
    self.bytes = Int64(bytes)
    self.fileBytes = Int64(fileBytes)
    self.digest = digest
    cpuSeconds = cpu
    peakMemory = Int64(memory)
    self.scores = scores
    scoredEvery = every
    self.scoreSeconds = scoreSeconds
  }

  var json: JSONValue {
    [
      "format": 1, "frames": .int(frames), "step": .int(step), "bytes": .int(bytes),
      "file_bytes": .int(fileBytes),
      "sha256": .string(digest), "cpu_seconds": .double(cpuSeconds),
      "peak_memory_bytes": .int(peakMemory), "score_cpu_seconds": .double(scoreSeconds),
      "scored_every": .int(scoredEvery),
      "scores": .array(scores.map { .double($0) }),
    ]
  }
}
