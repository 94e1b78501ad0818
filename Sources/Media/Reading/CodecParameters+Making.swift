import CFFmpeg

extension CodecParameters {
  /// The same stream for another container, with what its bytes do not tell: the time base that its
  /// packets will count in, its pace, its colours, and its static HDR data.
  ///
  /// No other record of the old container goes along. A colour that says nothing leaves the codec's.
  package func restated(
    timebase: Rational, frameRate: Rational?, colour: Colour = .unspecified,
    masteringDisplay: MasteringDisplay? = nil, lightLevel: ContentLightLevel? = nil
  ) throws(MediaFailure) -> CodecParameters {
    var records = StreamRecords()
    if let masteringDisplay {
      records.set(AV_PKT_DATA_MASTERING_DISPLAY_METADATA, value: masteringDisplay.raw)
    }
    if let lightLevel { records.set(AV_PKT_DATA_CONTENT_LIGHT_LEVEL, value: lightLevel.raw) }
    let made = try CodecParameters(
      copying: handle, timebase: timebase, frameRate: frameRate, records: records,
      attachedPicture: nil)
    made.take(colour)
    // The four letters were the old container's.
    made.handle.pointee.codec_tag = 0
    return made
  }

  private func take(_ colour: Colour) {
    if colour.matrix != AVCOL_SPC_UNSPECIFIED { handle.pointee.color_space = colour.matrix }
    if colour.primaries != AVCOL_PRI_UNSPECIFIED {
      handle.pointee.color_primaries = colour.primaries
    }
    if colour.transfer != AVCOL_TRC_UNSPECIFIED { handle.pointee.color_trc = colour.transfer }
    if colour.range != AVCOL_RANGE_UNSPECIFIED { handle.pointee.color_range = colour.range }
    if colour.chromaLocation != AVCHROMA_LOC_UNSPECIFIED {
      handle.pointee.chroma_location = colour.chromaLocation
    }
  }

  /// A stream of subtitles that somebody writes the packets of, with its codec's header.
  package static func subtitles(
    codec: String, timebase: Rational, header: [UInt8] = []
  ) throws(MediaFailure) -> CodecParameters {
    try LibAV.load(.core)
    guard let descriptor = avcodec_descriptor_get_by_name(codec),
      descriptor.pointee.type == AVMEDIA_TYPE_SUBTITLE
    else { throw MediaFailure(.badMediaSetting, "\(codec) is no codec of subtitles") }
    var blank = avcodec_parameters_alloc()
    defer { avcodec_parameters_free(&blank) }
    guard let blank else { throw MediaFailure(.mediaOutOfMemory, "no memory for \(codec)") }
    let made = try CodecParameters(
      copying: blank, timebase: timebase, frameRate: nil, records: StreamRecords(),
      attachedPicture: nil)
    made.handle.pointee.codec_type = AVMEDIA_TYPE_SUBTITLE
    made.handle.pointee.codec_id = descriptor.pointee.id
    try made.take(header: header)
    return made
  }

  private func take(header: [UInt8]) throws(MediaFailure) {
    guard !header.isEmpty else { return }
    let padded = header.count + Int(AV_INPUT_BUFFER_PADDING_SIZE)
    guard let memory = av_mallocz(padded)?.assumingMemoryBound(to: UInt8.self) else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for a codec's header")
    }
    _ = UnsafeMutableBufferPointer(start: memory, count: padded).update(fromContentsOf: header)
    handle.pointee.extradata = memory
    handle.pointee.extradata_size = Int32(header.count)
  }

  /// The codec's header as the container keeps it; empty where there is none.
  package var header: [UInt8] {
    let codec = handle.pointee
    return Array(UnsafeBufferPointer(start: codec.extradata, count: Int(codec.extradata_size)))
  }
}
