import Encoding
import FFmpegTool
import Foundations
import Glibc
import Media

/// The search with a real encoder, over bare frames in a file.
struct RealFilm: FrameSource {
  let path: FilePath
  let pictures: RawPictures
  let count: Int
  private let frameBytes: Int

  init(_ path: FilePath, width: Int, height: Int, rate: Int) throws {
    self.path = path
    pictures = RawPictures(
      width: width, height: height, pixelFormat: "yuv420p10le", rate: (rate, 1))
    frameBytes = width * height * 3
    count = Int(try FileStatus.of(path).size) / frameBytes
  }

  func eachFrame(
    _ frames: Range<Int>, every step: Int, stop: StopFlag, _ each: ([UInt8]) throws -> Void
  ) throws {
    let file = try FileDescriptor.open(path, O_RDONLY)
    for frame in stride(from: frames.lowerBound, to: frames.upperBound, by: step) {
      try stop.check()
      try each(try file.read(frameBytes, at: Int64(frame * frameBytes)))
    }
  }

  /// Encodes it to a target and prints what that took.
  func report(_ program: FilePath, cuts: [Int], target: Double, in folder: FilePath) throws {
    let processes = try ChildProcesses()
    let search = FFmpegFinder(
      FFmpegPlaces(named: program), memory: ToolMemory(nil), by: processes
    ).search()
    let program = try search.requireProgram()
    let goal = QualityGoal(target: target, takesQuarters: program.takesQuarters)
    let tools = PieceOrigin.tools(program, .vmaf, height: pictures.height)
    let origin = PieceOrigin(
      digests: (0..<count).map { FrameDigest(high: UInt64($0), low: 0) }, area: nil,
      pictures: pictures, encoder: tools.encoder, meter: tools.meter)
    let scratch = ScratchFolders(root: folder.appending("scratch"))
    let settings = try EncodeSettings().meaning(
      width: pictures.width, rate: .init(pictures.rate.frames, 1), takesQuarters: true,
      knows: { _ in true })
    let job = EncodingJob(
      plan: SegmentPlan(cuts: cuts, count: count, rate: .init(pictures.rate.frames, 1)),
      origin: origin, settings: settings.settings, goal: goal,
      encoder: FFmpegSegmentEncoder(
        program, pictures, from: self, by: processes, scratch: scratch),
      store: try SegmentStore(folder.appending("segments")))
    let gate = MemoryGate(pixels: pictures.width * pictures.height)
    let film = try ChunkedEncoding(job, workers: 2, gate: gate).run(stop: StopFlag()) { event in
      if case .retried(let segment, let why) = event { print("  \(segment) again: \(why)") }
    }
    for segment in film.segments {
      print(
        "  \(segment.segment.frames): CRF \(segment.settings.crf), VMAF"
          + " \(String(segment.quality ?? 0, decimals: 2)), \(segment.piece.bytes) bytes,"
          + " \(segment.work.probes) probes, \(segment.work.encodes) encodes")
    }
    report(film)
  }

  private func report(_ film: EncodedFilm) {
    let work = film.work
    func text(_ value: Double) -> String { String(value, decimals: 2) }
    let encodes = Double(work.encodes) / Double(film.segments.count)
    print("  all: VMAF \(text(film.quality ?? 0)), \(film.bytes) bytes, \(work.reused) reused")
    print("  encodes a segment \(text(encodes)), CPU over scored finals \(text(work.overhead))")
    print(
      "  CPU s: finals \(text(work.finalSeconds)), their scores \(text(work.finalScoreSeconds))")
    print("  probes \(text(work.probeSeconds)), encodes \(text(work.encodeSeconds))")
    print("  all scores \(text(work.scoreSeconds))")
  }
}
