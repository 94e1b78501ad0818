import Foundations
import Media

/// Reads, converts and hands on frames, each on a thread of its own.
struct FilmPipeline {
  /// Frames between two threads: enough to even out a slow one, and few enough to hold.
  private static let room = 3

  let source: any FrameSource
  let wish: FrameWish
  let from: PictureForm
  let to: PictureForm
  let isPaletted: Bool
  let stop: StopFlag

  /// Calls `each` with every frame in its final form, on the calling thread.
  func run(first: consuming VideoFrame, each: (inout VideoFrame) throws -> Void) throws {
    // Raised when somebody gives up, so that nobody goes on waiting for them.
    let ending = StopFlag(under: stop)
    defer { ending.stop() }
    let read = BoundedQueue<VideoFrame>(capacity: Self.room, stop: ending)
    let converted = BoundedQueue<VideoFrame>(capacity: Self.room, stop: ending)
    try read.put(first)
    try OwnThread.start(named: "frames-read") { [source, wish, from] in
      Self.finish(read) {
        var index = 1
        while let frame = try source.next(wish) {
          try Self.require(frame.form, like: from, at: index)
          try read.put(frame)
          index += 1
        }
      }
    }
    try OwnThread.start(named: "frames-convert") { [from, to, isPaletted] in
      Self.finish(converted) {
        if isPaletted {
          try Self.palette(read, converted, from)
        } else {
          try Self.convert(read, converted, from, to)
        }
      }
      // Who reads must not wait for room that nobody makes.
      read.close()
    }
    while var frame = try converted.take() {
      try each(&frame)
      try stop.check()
    }
  }

  /// Runs a thread's work and tells those who take what came of it.
  private static func finish(_ queue: BoundedQueue<VideoFrame>, _ work: () throws -> Void) {
    do {
      try work()
      queue.close()
    } catch {
      queue.fail(error)
    }
  }

  private static func require(
    _ form: PictureForm, like first: PictureForm, at index: Int
  ) throws(MediaOutputFailure) {
    guard form.width == first.width, form.height == first.height, form.format == first.format else {
      throw MediaOutputFailure(
        .outputBadShape, "frame \(index) is \(form), the frames before it are \(first)",
        hint: "all frames of a film have one size; scale them first")
    }
  }

  private static func convert(
    _ frames: BoundedQueue<VideoFrame>, _ converted: BoundedQueue<VideoFrame>, _ from: PictureForm,
    _ to: PictureForm
  ) throws {
    if from.format == to.format {
      while let frame = try frames.take() { try converted.put(frame) }
      return
    }
    let converter = try PixelConverter.make(
      from: from, to: to, unspecifiedAs: .bt709, dropsAlpha: false)
    while let frame = try frames.take() { try converted.put(try converter.convert(frame)) }
  }

  /// Each frame with the best 256 colours of its own.
  private static func palette(
    _ frames: BoundedQueue<VideoFrame>, _ converted: BoundedQueue<VideoFrame>, _ from: PictureForm
  ) throws {
    let graph = try FilterGraph.make(
      "split[a][b];[a]palettegen=stats_mode=single[p];[b][p]paletteuse=new=1",
      inputs: [.video(from, timebase: Rational(1, 1_000))], outputs: [.video()])
    var ticks: Int64 = 0
    while var frame = try frames.take() {
      frame.presentationTicks = ticks
      ticks += 1
      try graph.push(frame)
      try graph.pull { try converted.put(try $0.retained()) }
    }
    try graph.finish()
    try graph.pull { try converted.put(try $0.retained()) }
  }
}
