import CFFmpeg

/// A filter graph while it is put together; frees it unless it was released.
struct FilterGraphBuilder: ~Copyable {
  typealias Port = (context: UnsafeMutablePointer<AVFilterContext>, label: String)

  private var handle: UnsafeMutablePointer<AVFilterGraph>?
  private let text: String
  private(set) var sources: [Port] = []
  private(set) var sinks: [Port] = []

  init(_ text: String, threads: Int) throws(MediaFailure) {
    guard let handle = avfilter_graph_alloc() else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for filters")
    }
    handle.pointee.nb_threads = Int32(clamping: max(1, threads))
    // For the conversions that libav puts in by itself, and for `scale` without flags of its own.
    handle.pointee.scale_sws_opts = av_strdup(
      "flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact")
    self.handle = handle
    self.text = text
  }

  deinit {
    var handle = handle
    avfilter_graph_free(&handle)
  }

  /// Hands the graph over.
  mutating func release() -> UnsafeMutablePointer<AVFilterGraph>? {
    defer { handle = nil }
    return handle
  }

  /// Adds a place where frames come in.
  mutating func add(_ input: FilterInput) throws(MediaFailure) {
    let isVideo = if case .video = input.kind { true } else { false }
    let context = try filter(isVideo ? "buffer" : "abuffer", input.label)
    guard let parameters = av_buffersrc_parameters_alloc() else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for filters")
    }
    defer { av_free(parameters) }
    parameters.pointee.time_base = input.timebase.raw
    let status = LibAV.call {
      switch input.kind {
      case .video(let form, let rate, let aspect):
        parameters.pointee.width = Int32(clamping: form.width)
        parameters.pointee.height = Int32(clamping: form.height)
        parameters.pointee.format = form.format.raw.rawValue
        parameters.pointee.frame_rate = rate?.raw ?? AVRational(num: 0, den: 1)
        parameters.pointee.sample_aspect_ratio = aspect?.raw ?? AVRational(num: 0, den: 1)
        return av_buffersrc_parameters_set(context, parameters)
      case .audio(let form):
        parameters.pointee.sample_rate = Int32(clamping: form.sampleRate)
        parameters.pointee.format = form.format.raw.rawValue
        return form.layout.withRaw {
          // A plain copy: the source makes its own, and `withRaw` frees this one.
          parameters.pointee.ch_layout = $0.pointee
          return av_buffersrc_parameters_set(context, parameters)
        }
      }
    }
    try check(status)
    try check(LibAV.call { avfilter_init_str(context, nil) })
    sources.append((context, input.label))
  }

  /// Adds a place where frames come out.
  mutating func add(_ output: FilterOutput) throws(MediaFailure) {
    let isVideo = if case .video = output.kind { true } else { false }
    let context = try filter(isVideo ? "buffersink" : "abuffersink", output.label)
    switch output.kind {
    case .video(let formats):
      try allow("pix_fmts", formats.map { $0.raw.rawValue }, context)
    case .audio(let formats, let rates, let layouts):
      try allow("sample_fmts", formats.map { $0.raw.rawValue }, context)
      try allow("sample_rates", rates.map { Int32(clamping: $0) }, context)
      if !layouts.isEmpty {
        let names = layouts.map(\.description).joined(separator: "|")
        try check(LibAV.call { av_opt_set(context, "ch_layouts", names, AV_OPT_SEARCH_CHILDREN) })
      }
    }
    try check(LibAV.call { avfilter_init_str(context, nil) })
    sinks.append((context, output.label))
  }

  private func allow(
    _ option: String, _ values: [Int32], _ context: UnsafeMutablePointer<AVFilterContext>
  ) throws(MediaFailure) {
    guard !values.isEmpty else { return }
    let status = LibAV.call {
      values.withUnsafeBytes { bytes in
        av_opt_set_bin(
          context, option, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
          Int32(bytes.count), AV_OPT_SEARCH_CHILDREN)
      }
    }
    try check(status)
  }

  private func filter(
    _ name: String, _ label: String
  ) throws(MediaFailure) -> UnsafeMutablePointer<AVFilterContext> {
    guard let context = avfilter_graph_alloc_filter(handle, avfilter_get_by_name(name), label)
    else { throw MediaFailure(.mediaOutOfMemory, "no memory for filters") }
    return context
  }

  /// Reads the text, joins it to the places, and lets the filters agree on formats.
  func join() throws(MediaFailure) {
    // Seen from the text, what comes in is an output of the source, and the other way round.
    var outputs = Self.list(sources)
    var inputs = Self.list(sinks)
    defer {
      avfilter_inout_free(&outputs)
      avfilter_inout_free(&inputs)
    }
    try check(LibAV.call { avfilter_graph_parse_ptr(handle, text, &inputs, &outputs, nil) })
    if let open = outputs?.pointee.name ?? inputs?.pointee.name {
      throw MediaFailure(
        .badMediaSetting, "nothing is joined to [\(String(cString: open))] of \(named)")
    }
    guard outputs == nil, inputs == nil else {
      throw MediaFailure(.badMediaSetting, "\(named) have an open end that nothing is joined to")
    }
    try check(LibAV.call { avfilter_graph_config(handle, nil) })
  }

  private static func list(_ ports: [Port]) -> UnsafeMutablePointer<AVFilterInOut>? {
    var first: UnsafeMutablePointer<AVFilterInOut>?
    for port in ports.reversed() {
      guard let entry = avfilter_inout_alloc() else { continue }
      entry.pointee.name = av_strdup(port.label)
      entry.pointee.filter_ctx = port.context
      entry.pointee.pad_idx = 0
      entry.pointee.next = first
      first = entry
    }
    return first
  }

  private func check(_ status: Int32) throws(MediaFailure) {
    guard status < 0 else { return }
    let isMemory = status == mediary_averror_no_memory
    throw MediaFailure(
      libav: status, "build", named, code: isMemory ? .mediaOutOfMemory : .badMediaSetting)
  }

  private var named: String { "the filters \"\(text)\"" }
}
