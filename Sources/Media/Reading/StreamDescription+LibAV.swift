import CFFmpeg

extension StreamDescription {
  /// Reads what libav knows of a stream.
  init(
    _ stream: UnsafeMutablePointer<AVStream>, of container: UnsafeMutablePointer<AVFormatContext>
  ) throws(MediaFailure) {
    let raw = stream.pointee
    let codec = raw.codecpar.pointee
    index = Int(raw.index)
    containerID = container.pointee.iformat.pointee.flags & AVFMT_SHOW_IDS != 0 ? Int(raw.id) : nil
    kind = StreamKind(codec.codec_type)
    self.codec = String(cString: avcodec_get_name(codec.codec_id))
    codecFullName = avcodec_descriptor_get(codec.codec_id)?.pointee.long_name
      .map { String(cString: $0) }
    profile =
      avcodec_profile_name(codec.codec_id, codec.profile).map { String(cString: $0) }
      ?? (codec.profile == FF_PROFILE_UNKNOWN ? nil : String(codec.profile))
    level = codec.level < 0 ? nil : Int(codec.level)
    codecTag = Self.fourLetters(codec.codec_tag)
    timebase = Rational(raw.time_base)
    start = MediaTime(raw.start_time, raw.time_base)
    duration = MediaTime(raw.duration, raw.time_base)
    frameCount = raw.nb_frames > 0 ? Int(raw.nb_frames) : nil
    bitrate = codec.bit_rate > 0 ? Int(codec.bit_rate) : nil
    disposition = Disposition(rawValue: raw.disposition)
    tags = Tags(raw.metadata)
    video = kind == .video ? VideoDescription(stream, of: container) : nil
    audio = kind == .audio ? AudioDescription(codec) : nil
    parameters = try CodecParameters(
      copying: raw.codecpar, timebase: Rational(raw.time_base),
      frameRate: Rational.known(raw.avg_frame_rate), records: StreamRecords(of: stream),
      attachedPicture: Self.picture(raw))
  }

  private static func picture(_ stream: AVStream) -> [UInt8]? {
    let packet = stream.attached_pic
    guard stream.disposition & AV_DISPOSITION_ATTACHED_PIC != 0, packet.size > 0 else { return nil }
    return Array(UnsafeBufferPointer(start: packet.data, count: Int(packet.size)))
  }

  private static func fourLetters(_ tag: UInt32) -> String? {
    let letters = (0..<4).map { UInt8(truncatingIfNeeded: tag >> ($0 * 8)) }
    guard tag != 0, letters.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
    return String(decoding: letters, as: UTF8.self)
  }
}

extension AudioDescription {
  init(_ codec: AVCodecParameters) {
    sampleRate = Int(codec.sample_rate)
    sampleFormat = codec.format < 0 ? nil : SampleFormat(rawValue: codec.format)
    layout = ChannelLayout(codec.ch_layout)
    let bits = max(codec.bits_per_raw_sample, av_get_bits_per_sample(codec.codec_id))
    bitDepth = bits > 0 ? Int(bits) : nil
    initialPadding = Int(codec.initial_padding)
  }
}

extension VideoDescription {
  init(
    _ stream: UnsafeMutablePointer<AVStream>, of container: UnsafeMutablePointer<AVFormatContext>
  ) {
    let raw = stream.pointee
    let codec = raw.codecpar.pointee
    width = Int(codec.width)
    height = Int(codec.height)
    let format = codec.format < 0 ? nil : PixelFormat(rawValue: codec.format)
    pixelFormat = format
    let bits = codec.bits_per_raw_sample > 0 ? Int(codec.bits_per_raw_sample) : format?.bitDepth
    bitDepth = bits == 0 ? nil : bits
    colour = Colour(
      matrix: codec.color_space, primaries: codec.color_primaries, transfer: codec.color_trc,
      range: codec.color_range, chromaLocation: codec.chroma_location)
    sampleAspect = Rational.known(av_guess_sample_aspect_ratio(container, stream, nil))
    fieldOrder =
      switch codec.field_order {
      case AV_FIELD_PROGRESSIVE: .progressive
      case AV_FIELD_TT: .topFirst
      case AV_FIELD_BB: .bottomFirst
      case AV_FIELD_TB: .topCodedBottomShown
      case AV_FIELD_BT: .bottomCodedTopShown
      default: nil
      }
    averageFrameRate = Rational.known(raw.avg_frame_rate)
    baseFrameRate = Rational.known(raw.r_frame_rate)
    frameRate = Rational.known(av_guess_frame_rate(container, stream, nil))
    let side = SideData(stream)
    orientation = side.orientation
    masteringDisplay = side.value(AV_PKT_DATA_MASTERING_DISPLAY_METADATA).map(MasteringDisplay.init)
    lightLevel = side.value(AV_PKT_DATA_CONTENT_LIGHT_LEVEL).map(ContentLightLevel.init)
    hasHDR10Plus = nil
    dolbyVision = side.value(AV_PKT_DATA_DOVI_CONF).map(DolbyVision.init)
    stereo3D = side.stereo3D
    projection = side.projection
  }
}

/// The extra records a container keeps with a stream.
private struct SideData {
  private let stream: UnsafeMutablePointer<AVStream>

  init(_ stream: UnsafeMutablePointer<AVStream>) { self.stream = stream }

  /// The record of a type as libav's struct, nil where it is absent or too short to be one.
  func value<Record>(_ type: AVPacketSideDataType) -> Record? {
    var size = 0
    guard let bytes = mediary_stream_side_data(stream, type, &size),
      size >= MemoryLayout<Record>.size
    else { return nil }
    return UnsafeRawPointer(bytes).loadUnaligned(as: Record.self)
  }

  var orientation: Orientation {
    var size = 0
    guard let bytes = mediary_stream_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size),
      size >= 9 * MemoryLayout<Int32>.size
    else { return .upright }
    let raw = UnsafeRawPointer(bytes)
    let matrix = (0..<9).map { raw.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self) }
    return Orientation(displayMatrix: matrix)
  }

  var stereo3D: String? {
    guard let record: AVStereo3D = value(AV_PKT_DATA_STEREO3D), record.type != AV_STEREO3D_2D
    else { return nil }
    return av_stereo3d_type_name(UInt32(record.type.rawValue)).map { String(cString: $0) }
  }

  var projection: String? {
    guard let record: AVSphericalMapping = value(AV_PKT_DATA_SPHERICAL) else { return nil }
    return av_spherical_projection_name(record.projection).map { String(cString: $0) }
  }
}

extension Orientation {
  /// Reads the transformation matrix of MP4 and its kin (16.16 fixed point, row by row).
  init(displayMatrix matrix: [Int32]) {
    precondition(matrix.count == 9, "a display matrix has nine numbers")
    var upright = matrix
    let (a, b, c, d) = (Double(matrix[0]), Double(matrix[1]), Double(matrix[3]), Double(matrix[4]))
    let isMirrored = a * d - b * c < 0
    // Take the mirroring out (it negates the first column) before asking for the angle.
    if isMirrored { for index in [0, 3, 6] { upright[index] = 0 &- upright[index] } }
    let angle = av_display_rotation_get(upright)
    self.init(rotation: angle.isNaN ? 0 : -Int(angle.rounded()), isMirrored: isMirrored)
  }
}
