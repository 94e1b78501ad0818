import CFFmpeg

/// Filters joined by libav's own text ("scale=640:-2,format=gray"), fed with frames at some places
/// and read at others.
///
/// Push a frame, then pull every output until it gives nothing: what is not pulled gathers inside.
/// Where filters disagree on a format libav puts a conversion between them; write `zscale` or
/// `scale` with its matrices where colours matter. The text is trusted: filters may open files.
package struct FilterGraph: ~Copyable {
  private var handle: UnsafeMutablePointer<AVFilterGraph>?
  private let text: String
  private let inputs: [FilterInput]
  // Owned by the graph, and alive as long as it.
  private let sources: [UnsafeMutablePointer<AVFilterContext>]
  private let sinks: [UnsafeMutablePointer<AVFilterContext>]
  private let picture: VideoFrame
  private let sound: AudioFrame

  /// Builds the graph of a text.
  ///
  /// Inputs and outputs meet the text by their labels ("[a][b]overlay[out]"); the one that has no
  /// label in the text is "in", or "out". Threads work on slices of one frame.
  package static func make(
    _ text: String, inputs: [FilterInput], outputs: [FilterOutput], threads: Int = 1
  ) throws(MediaFailure) -> FilterGraph {
    try LibAV.load(.core)
    try LibAV.load(.filter)
    var builder = try FilterGraphBuilder(text, threads: threads)
    for input in inputs { try builder.add(input) }
    for output in outputs { try builder.add(output) }
    try builder.join()
    let picture = try VideoFrame()
    let sound = try AudioFrame()
    return FilterGraph(
      text: text, inputs: inputs, sources: builder.sources.map(\.context),
      sinks: builder.sinks.map(\.context), handle: builder.release(), picture: picture,
      sound: sound)
  }

  private init(
    text: String, inputs: [FilterInput], sources: [UnsafeMutablePointer<AVFilterContext>],
    sinks: [UnsafeMutablePointer<AVFilterContext>], handle: UnsafeMutablePointer<AVFilterGraph>?,
    picture: consuming VideoFrame, sound: consuming AudioFrame
  ) {
    self.text = text
    self.inputs = inputs
    self.sources = sources
    self.sinks = sinks
    self.handle = handle
    self.picture = picture
    self.sound = sound
  }

  deinit {
    var handle = handle
    avfilter_graph_free(&handle)
  }

  /// What comes out at a place.
  package func form(ofOutput index: Int) -> FilteredForm {
    let sink = sinks[index]
    let timebase = Rational(av_buffersink_get_time_base(sink))
    guard av_buffersink_get_type(sink) == AVMEDIA_TYPE_AUDIO else {
      return .video(
        width: Int(av_buffersink_get_w(sink)), height: Int(av_buffersink_get_h(sink)),
        format: PixelFormat(rawValue: av_buffersink_get_format(sink)), timebase: timebase,
        frameRate: Rational.known(av_buffersink_get_frame_rate(sink)),
        sampleAspect: Rational.known(av_buffersink_get_sample_aspect_ratio(sink)))
    }
    var layout = AVChannelLayout()
    defer { av_channel_layout_uninit(&layout) }
    av_buffersink_get_ch_layout(sink, &layout)
    return .audio(
      SoundForm(
        sampleRate: Int(av_buffersink_get_sample_rate(sink)),
        format: SampleFormat(rawValue: av_buffersink_get_format(sink)),
        layout: ChannelLayout(layout)),
      timebase: timebase)
  }

  /// The input that the filters were short of most often since it was last fed: the one to feed
  /// next, so that nothing gathers at the others.
  ///
  /// Nil where none was short.
  package var hungriestInput: Int? {
    let misses = sources.map { av_buffersrc_get_nb_failed_requests($0) }
    guard let most = misses.max(), most > 0 else { return nil }
    return misses.firstIndex(of: most)
  }

  /// Hands a picture to an input.
  package func push(_ frame: borrowing VideoFrame, input: Int = 0) throws(MediaFailure) {
    guard case .video(let form, _, let aspect) = inputs[input].kind else {
      throw MediaFailure(.badMediaSetting, "input \(input) of \(named) takes sound")
    }
    guard frame.width == form.width, frame.height == form.height, frame.format == form.format
    else {
      throw MediaFailure(
        .badMediaSetting, "a frame of \(frame.form) came to \(named), which takes \(form)",
        hint: "build the filters anew where frames change")
    }
    var copy = try frame.retained()
    copy.colour = frame.colour.completed(by: form.colour)
    copy.sampleAspect = frame.sampleAspect ?? aspect
    // A filter reads this one time; the other would come out of it unchanged, and wrong.
    copy.presentationTicks = frame.presentationTicks
    try feed(copy.handle, input)
  }

  /// Hands sound to an input.
  package func push(_ frame: borrowing AudioFrame, input: Int = 0) throws(MediaFailure) {
    guard case .audio(let form) = inputs[input].kind else {
      throw MediaFailure(.badMediaSetting, "input \(input) of \(named) takes pictures")
    }
    let isSameLayout = frame.layout == form.layout || !frame.layout.hasKnownOrder
    guard frame.sampleRate == form.sampleRate, frame.format == form.format,
      frame.layout.channels == form.layout.channels, isSameLayout
    else {
      throw MediaFailure(
        .badMediaSetting, "sound of \(frame.form) came to \(named), which takes \(form)",
        hint: "build the filters anew where the sound changes")
    }
    var copy = try frame.retained()
    form.layout.withRaw { _ = av_channel_layout_copy(&copy.handle.pointee.ch_layout, $0) }
    copy.presentationTicks = frame.presentationTicks
    try feed(copy.handle, input)
  }

  /// Says that an input has no more.
  package func finish(input: Int = 0) throws(MediaFailure) { try feed(nil, input) }

  private func feed(
    _ frame: UnsafeMutablePointer<AVFrame>?, _ input: Int
  ) throws(MediaFailure) {
    let status = LibAV.call { av_buffersrc_add_frame_flags(sources[input], frame, 0) }
    guard status >= 0 else { throw MediaFailure(libav: status, "hand a frame to", named) }
  }

  /// Calls `each` with every picture that is ready; false once there will never be more.
  ///
  /// The frame is filled anew for each call; keep it by `retained()`.
  @discardableResult
  package func pull(
    output: Int = 0, each: (borrowing VideoFrame) throws -> Void
  ) throws -> Bool {
    guard av_buffersink_get_type(sinks[output]) == AVMEDIA_TYPE_VIDEO else {
      throw MediaFailure(.badMediaSetting, "output \(output) of \(named) is sound")
    }
    while true {
      switch try fetch(picture.handle, output) {
      case .frame: break
      case .nothing: return true
      case .end: return false
      }
      try picture.straighten()
      try label()
      try each(picture)
    }
  }

  /// Calls `each` with all sound that is ready; false once there will never be more.
  @discardableResult
  package func pullSound(
    output: Int = 0, each: (borrowing AudioFrame) throws -> Void
  ) throws -> Bool {
    guard av_buffersink_get_type(sinks[output]) == AVMEDIA_TYPE_AUDIO else {
      throw MediaFailure(.badMediaSetting, "output \(output) of \(named) is pictures")
    }
    while true {
      switch try fetch(sound.handle, output) {
      case .frame: try each(sound)
      case .nothing: return true
      case .end: return false
      }
    }
  }

  private enum Fetched { case frame, nothing, end }

  private func fetch(
    _ frame: UnsafeMutablePointer<AVFrame>, _ output: Int
  ) throws(MediaFailure) -> Fetched {
    av_frame_unref(frame)
    let status = LibAV.call { av_buffersink_get_frame(sinks[output], frame) }
    if status == mediary_averror_again { return .nothing }
    if status == mediary_averror_eof { return .end }
    guard status >= 0 else { throw MediaFailure(libav: status, "fetch a frame from", named) }
    // The packet's time, carried along by the filters, is no longer this frame's.
    frame.pointee.best_effort_timestamp = frame.pointee.pts
    return .frame
  }

  /// Mends what libav's `scale` forgets, the matrix of the frame that came in, and refuses what it
  /// guessed.
  private func label() throws(MediaFailure) {
    let colour = picture.colour
    let isRGB = picture.format.holdsRGB
    if isRGB, colour.matrix != AVCOL_SPC_RGB {
      let fixed = colour.replacing(
        matrix: AVCOL_SPC_RGB, range: AVCOL_RANGE_JPEG, chromaLocation: AVCHROMA_LOC_UNSPECIFIED)
      picture.handle.pointee.colorspace = fixed.matrix
      picture.handle.pointee.color_range = fixed.range
      picture.handle.pointee.chroma_location = fixed.chromaLocation
    }
    guard !isRGB, !picture.format.isGray else { return }
    // Taken for BT.601, and labelled as nothing or as what it was.
    let isGuessed = colour.matrix == AVCOL_SPC_UNSPECIFIED && isFedWithRGB
    guard !isGuessed, colour.matrix != AVCOL_SPC_RGB else {
      throw MediaFailure(
        .badMediaSetting, "\(named) turn RGB into \(picture.format) without saying which matrix",
        hint: "say it and label it: scale=out_color_matrix=bt709:out_range=tv,"
          + "setparams=colorspace=bt709:range=tv")
    }
  }

  /// Whether every picture that comes in is red, green and blue.
  private var isFedWithRGB: Bool {
    let formats = inputs.compactMap { input in
      if case .video(let form, _, _) = input.kind { form.format } else { PixelFormat?.none }
    }
    return !formats.isEmpty && formats.allSatisfy(\.holdsRGB)
  }

  private var named: String { "the filters \"\(text)\"" }
}
