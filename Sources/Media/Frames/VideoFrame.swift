import CFFmpeg

/// A picture with its times and its meaning: one owner, freed for certain.
///
/// Decoders and filters fill it again and again; `retained()` makes a second owner of the same
/// pixels without copying them, for a queue that carries frames from thread to thread.
package struct VideoFrame: ~Copyable, @unchecked Sendable {
  // Sendable: the handle has one owner, and pixels shared by `retained()` are counted atomically
  // and only written after `makeWritable()` has made sure that nobody else sees them.
  let handle: UnsafeMutablePointer<AVFrame>

  /// An empty frame for a decoder or filter to fill.
  package init() throws(MediaFailure) {
    try LibAV.load(.core)
    guard let handle = av_frame_alloc() else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for a frame")
    }
    self.handle = handle
  }

  /// Makes a frame with memory of its own; the pixels are not set.
  package static func make(
    width: Int, height: Int, format: PixelFormat, colour: Colour
  ) throws(MediaFailure) -> VideoFrame {
    var frame = try VideoFrame()
    frame.handle.pointee.width = Int32(clamping: width)
    frame.handle.pointee.height = Int32(clamping: height)
    frame.handle.pointee.format = format.raw.rawValue
    frame.colour = colour
    let status = LibAV.call { av_frame_get_buffer(frame.handle, 0) }
    guard status >= 0 else {
      throw MediaFailure(libav: status, "make a frame of", "\(width)x\(height) \(format.name)")
    }
    return frame
  }

  private init(owning handle: UnsafeMutablePointer<AVFrame>) { self.handle = handle }

  deinit {
    var handle: UnsafeMutablePointer<AVFrame>? = handle
    av_frame_free(&handle)
  }

  /// A second owner of the same pixels; nothing is copied.
  package func retained() throws(MediaFailure) -> VideoFrame {
    guard let copy = av_frame_clone(handle) else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for a frame")
    }
    return VideoFrame(owning: copy)
  }

  /// Makes sure that no one else sees these pixels, by copying them if someone does.
  package mutating func makeWritable() throws(MediaFailure) {
    let status = av_frame_make_writable(handle)
    guard status >= 0 else { throw MediaFailure(libav: status, "copy", "a frame") }
  }

  package var width: Int { Int(handle.pointee.width) }
  package var height: Int { Int(handle.pointee.height) }
  package var format: PixelFormat { PixelFormat(rawValue: handle.pointee.format) }

  /// Size, format and colour together.
  package var form: PictureForm {
    PictureForm(width: width, height: height, format: format, colour: colour)
  }

  /// When it is shown, in ticks of the stream's time base; the best libav could tell from packet
  /// and frame.
  ///
  /// Nil where nothing tells it.
  package var presentationTicks: Int64? {
    get {
      let best = handle.pointee.best_effort_timestamp
      if best != mediary_nopts { return best }
      return handle.pointee.pts == mediary_nopts ? nil : handle.pointee.pts
    }
    set {
      handle.pointee.pts = newValue ?? mediary_nopts
      handle.pointee.best_effort_timestamp = newValue ?? mediary_nopts
    }
  }

  /// How long it is shown, in ticks; 0 where nothing tells it.
  package var durationTicks: Int64 {
    get { handle.pointee.pkt_duration }
    set { handle.pointee.pkt_duration = newValue }
  }

  package var isKeyFrame: Bool { handle.pointee.key_frame != 0 }
  package var isInterlaced: Bool { handle.pointee.interlaced_frame != 0 }
  /// Which field comes first, where it is interlaced.
  package var isTopFieldFirst: Bool { handle.pointee.top_field_first != 0 }
  /// Whether the decoder had to invent parts of it.
  package var isDamaged: Bool {
    handle.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0 || handle.pointee.decode_error_flags != 0
  }

  /// What the numbers mean as colours.
  package var colour: Colour {
    get {
      let raw = handle.pointee
      return Colour(
        matrix: raw.colorspace, primaries: raw.color_primaries, transfer: raw.color_trc,
        range: raw.color_range, chromaLocation: raw.chroma_location)
    }
    set {
      handle.pointee.colorspace = newValue.matrix
      handle.pointee.color_primaries = newValue.primaries
      handle.pointee.color_trc = newValue.transfer
      handle.pointee.color_range = newValue.range
      handle.pointee.chroma_location = newValue.chromaLocation
    }
  }

  /// The width of a pixel over its height, nil where nothing is said.
  package var sampleAspect: Rational? {
    get { Rational.known(handle.pointee.sample_aspect_ratio) }
    set {
      handle.pointee.sample_aspect_ratio = newValue?.raw ?? AVRational(num: 0, den: 1)
    }
  }

  /// The mastering display the frame tells of.
  package var masteringDisplay: MasteringDisplay? {
    sideData(AV_FRAME_DATA_MASTERING_DISPLAY_METADATA).map(MasteringDisplay.init)
  }

  /// The light levels the frame tells of.
  package var lightLevel: ContentLightLevel? {
    sideData(AV_FRAME_DATA_CONTENT_LIGHT_LEVEL).map(ContentLightLevel.init)
  }

  /// Whether it carries HDR10+ data.
  package var hasHDR10Plus: Bool {
    av_frame_get_side_data(handle, AV_FRAME_DATA_DYNAMIC_HDR_PLUS) != nil
  }

  /// Whether it carries Dolby Vision data.
  package var hasDolbyVisionData: Bool {
    av_frame_get_side_data(handle, AV_FRAME_DATA_DOVI_METADATA) != nil
      || av_frame_get_side_data(handle, AV_FRAME_DATA_DOVI_RPU_BUFFER) != nil
  }

  /// Copies a picture whose rows lie from the bottom up, as raw video in AVI and the `vflip` filter
  /// have it (libav tells it by a negative line size), so that they lie from the top down.
  func straighten() throws(MediaFailure) {
    let lines = handle.pointee.linesize
    guard (0..<planes).contains(where: { element($0, of: lines) < 0 }) else { return }
    let copy = try VideoFrame()
    copy.handle.pointee.width = handle.pointee.width
    copy.handle.pointee.height = handle.pointee.height
    copy.handle.pointee.format = handle.pointee.format
    let status = LibAV.call {
      let status = av_frame_get_buffer(copy.handle, 0)
      guard status >= 0 else { return status }
      let copied = av_frame_copy(copy.handle, handle)
      return copied < 0 ? copied : av_frame_copy_props(copy.handle, handle)
    }
    guard status >= 0 else { throw MediaFailure(libav: status, "turn over", "a frame") }
    av_frame_unref(handle)
    av_frame_move_ref(handle, copy.handle)
  }

  private func sideData<Record>(_ type: AVFrameSideDataType) -> Record? {
    guard let data = av_frame_get_side_data(handle, type)?.pointee,
      Int(data.size) >= MemoryLayout<Record>.size, let bytes = data.data
    else { return nil }
    return UnsafeRawPointer(bytes).loadUnaligned(as: Record.self)
  }

  /// How many planes the picture has.
  package var planes: Int { format.planes }

  /// A plane for reading.
  ///
  /// `Sample` must be as wide as the format's samples: `UInt8` up to 8 bits, `UInt16` up to 16,
  /// `Float` for floats; packed formats count every component as a sample.
  @_lifetime(borrow self)
  package func plane<Sample: BitwiseCopyable>(
    _ index: Int, as sample: Sample.Type = UInt8.self
  ) -> Plane<Sample> {
    let shape = shape(ofPlane: index, sampleSize: MemoryLayout<Sample>.stride)
    let start = UnsafeRawPointer(shape.start).assumingMemoryBound(to: Sample.self)
    let buffer = UnsafeBufferPointer(start: start, count: shape.count)
    let span = _overrideLifetime(buffer.span, borrowing: self)
    return Plane(span, width: shape.width, height: shape.height, stride: shape.stride)
  }

  /// A plane for writing; call `makeWritable()` first where others may hold the same pixels.
  @_lifetime(&self)
  package mutating func mutablePlane<Sample: BitwiseCopyable>(
    _ index: Int, as sample: Sample.Type = UInt8.self
  ) -> MutablePlane<Sample> {
    precondition(av_frame_is_writable(handle) > 0, "somebody else sees these pixels")
    let shape = shape(ofPlane: index, sampleSize: MemoryLayout<Sample>.stride)
    let start = UnsafeMutableRawPointer(shape.start).assumingMemoryBound(to: Sample.self)
    let buffer = UnsafeMutableBufferPointer(start: start, count: shape.count)
    let span = _overrideLifetime(buffer.mutableSpan, mutating: &self)
    return MutablePlane(span, width: shape.width, height: shape.height, stride: shape.stride)
  }

  private typealias Shape = (
    start: UnsafeMutablePointer<UInt8>, width: Int, height: Int, stride: Int, count: Int
  )

  private func shape(ofPlane index: Int, sampleSize: Int) -> Shape {
    let format = format
    precondition(index >= 0 && index < format.planes, "\(format.name) has no plane \(index)")
    precondition(!format.isHardware, "fetch the picture from the device first")
    precondition(
      format.isBitstream || sampleSize == format.bytesPerSample,
      "\(format.name) has samples of \(format.bytesPerSample) bytes")
    let line = Int(element(index, of: handle.pointee.linesize))
    // What comes out of decoders and filters has been through `straighten()`.
    precondition(line > 0, "rows must follow each other from the top")
    guard let start = element(index, of: handle.pointee.data) else {
      preconditionFailure("the frame has no pixels")
    }
    let width =
      Int(av_image_get_linesize(format.raw, handle.pointee.width, Int32(index))) / sampleSize
    let height = format.size(ofPlane: index, width: self.width, height: self.height).height
    precondition(line % sampleSize == 0, "rows begin at whole samples")
    let stride = line / sampleSize
    return (start, width, height, stride, (height - 1) * stride + width)
  }
}

/// An element of one of libav's arrays of eight, which arrive as tuples.
private func element<Element>(
  _ index: Int,
  of tuple: (Element, Element, Element, Element, Element, Element, Element, Element)
) -> Element {
  switch index {
  case 0: tuple.0
  case 1: tuple.1
  case 2: tuple.2
  case 3: tuple.3
  case 4: tuple.4
  case 5: tuple.5
  case 6: tuple.6
  default: tuple.7
  }
}
