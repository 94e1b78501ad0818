import Media

/// Makes whole pictures of those that were taken in two fields: as many as there were.
///
/// A picture leans on the one before and the one after it, and on no other; so what comes out for
/// it is the same wherever the reading began, as long as both are handed in. One that says that it
/// was taken at once stays as it is.
struct Deinterlacer: ~Copyable {
  private let graph: FilterGraph

  static func make(for form: PictureForm, timebase: Rational) throws -> Deinterlacer {
    Deinterlacer(
      graph: try FilterGraph.make(
        "bwdif=mode=send_frame:parity=auto:deint=interlaced",
        inputs: [.video(form, timebase: timebase)], outputs: [.video(formats: [form.format])]))
  }

  private init(graph: consuming FilterGraph) { self.graph = graph }

  /// Takes the next picture; the one before comes out.
  func take(
    _ frame: borrowing VideoFrame, each: (borrowing VideoFrame) throws -> Void
  ) throws {
    try graph.push(frame)
    _ = try graph.pull(each: each)
  }

  /// Says that there are no more; the last comes out.
  func finish(each: (borrowing VideoFrame) throws -> Void) throws {
    try graph.finish()
    _ = try graph.pull(each: each)
  }
}
