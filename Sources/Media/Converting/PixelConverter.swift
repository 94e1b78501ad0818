import CFFmpeg

/// How pictures are made smaller or larger.
package enum Scaling: Sendable, CaseIterable {
  /// Smooth and sharp enough for most things.
  case bicubic
  /// Sharper, with a little ringing; for thumbnails and for measuring.
  case lanczos
  /// The mean of the pixels that fall together; for making much smaller.
  case area
  /// The nearest pixel; for masks and counted colours.
  case point

  fileprivate var flag: Int32 {
    switch self {
    case .bicubic: SWS_BICUBIC
    case .lanczos: SWS_LANCZOS
    case .area: SWS_AREA
    case .point: SWS_POINT
    }
  }
}

/// Turns pictures from one size, format and colour into another.
///
/// Exact rather than fast: full chroma, accurate rounding, the same bytes on every processor. Colour
/// matrix and range are set on purpose; what is not known must be said. Times, side data and sample
/// aspect are carried; the aspect is changed so that the picture keeps its shape on the screen. An
/// interlaced frame is taken as a whole, fields and all.
package struct PixelConverter: ~Copyable {
  /// libswscale's, nil where the loop of our own does the work.
  private let handle: OpaquePointer?
  private let thinChroma: ThinChroma?
  /// What it takes, with the colour it is taken for.
  package let source: PictureForm
  /// What it makes.
  package let target: PictureForm

  /// Prepares a conversion.
  ///
  /// A part of the target's colour that is not specified is the source's. One of the source's that
  /// is not specified is taken for `unspecifiedAs`; where it matters and nobody says it, this
  /// throws. So it does where primaries or curve differ, which libswscale cannot convert, and where
  /// an alpha channel would be lost, unless `dropsAlpha` says that it may be.
  package static func make(
    from source: PictureForm, to target: PictureForm, scaling: Scaling = .bicubic,
    unspecifiedAs fallback: Colour? = nil, dropsAlpha: Bool = false, threads: Int = 1
  ) throws(MediaFailure) -> PixelConverter {
    try LibAV.load(.core)
    try LibAV.load(.scale)
    try requireFormats(source, target, dropsAlpha)
    let colours = try ColourConversion(from: source, to: target, unspecifiedAs: fallback)
    var (from, to) = (source, target)
    from.colour = colours.source
    to.colour = colours.target
    if let loop = ThinChroma(from: from, to: to) {
      return PixelConverter(handle: nil, thinChroma: loop, source: from, target: to)
    }
    guard let handle = sws_alloc_context() else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for a conversion to \(target)")
    }
    let converter = PixelConverter(handle: handle, thinChroma: nil, source: from, target: to)
    try converter.prepare(handle, scaling, threads: threads)
    return converter
  }

  private init(
    handle: OpaquePointer?, thinChroma: ThinChroma?, source: PictureForm, target: PictureForm
  ) {
    self.handle = handle
    self.thinChroma = thinChroma
    self.source = source
    self.target = target
  }

  deinit { sws_freeContext(handle) }

  private static func requireFormats(
    _ source: PictureForm, _ target: PictureForm, _ dropsAlpha: Bool
  ) throws(MediaFailure) {
    for form in [source, target] {
      // libswscale's own limit is near this; it keeps every product of two sides in 32 bits.
      guard (1...32_768).contains(form.width), (1...32_768).contains(form.height) else {
        throw MediaFailure(.badMediaSetting, "a picture cannot be \(form.width)x\(form.height)")
      }
    }
    guard !source.format.isHardware, sws_isSupportedInput(source.format.raw) > 0 else {
      throw MediaFailure(.badMediaSetting, "pixels cannot be converted from \(source.format.name)")
    }
    guard !target.format.isHardware, sws_isSupportedOutput(target.format.raw) > 0 else {
      throw MediaFailure(.badMediaSetting, "pixels cannot be converted to \(target.format.name)")
    }
    guard dropsAlpha || !source.format.hasAlpha || target.format.hasAlpha else {
      throw MediaFailure(
        .badMediaSetting,
        "\(source.format.name) has an alpha channel, \(target.format.name) has none",
        hint: "choose a format with alpha, or say that it may be dropped")
    }
  }

  private func prepare(
    _ handle: OpaquePointer, _ scaling: Scaling, threads: Int
  ) throws(MediaFailure) {
    let flags =
      scaling.flag | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP
    let from = ChromaPlace(source)
    let to = ChromaPlace(target)
    let settings: [(String, Int64)] = [
      ("srcw", Int64(source.width)), ("srch", Int64(source.height)),
      ("src_format", Int64(source.format.raw.rawValue)),
      ("dstw", Int64(target.width)), ("dsth", Int64(target.height)),
      ("dst_format", Int64(target.format.raw.rawValue)),
      ("sws_flags", Int64(flags)), ("threads", Int64(max(1, threads))),
      ("src_range", source.colour.range == AVCOL_RANGE_JPEG ? 1 : 0),
      ("dst_range", target.colour.range == AVCOL_RANGE_JPEG ? 1 : 0),
      ("src_h_chr_pos", from.horizontal), ("src_v_chr_pos", from.vertical),
      ("dst_h_chr_pos", to.horizontal), ("dst_v_chr_pos", to.vertical),
    ]
    let status = LibAV.call {
      for (name, value) in settings {
        let status = av_opt_set_int(UnsafeMutableRawPointer(handle), name, value, 0)
        guard status >= 0 else { return status }
      }
      let status = sws_init_context(handle, nil, nil)
      return status < 0 ? status : setColours(handle)
    }
    guard status >= 0 else {
      throw MediaFailure(
        libav: status, "convert pixels from", "\(source) to \(target)", code: .badMediaSetting)
    }
  }

  private func setColours(_ handle: OpaquePointer) -> Int32 {
    // Gray has no matrix of its own: with two different ones libswscale would go by way of RGB.
    let isFromGray = source.format.isGray && !target.format.holdsRGB
    let isToGray = target.format.isGray && !source.format.holdsRGB
    let from = (isFromGray ? target : source).colour.matrix
    let to = (isToGray ? source : target).colour.matrix
    // 1 << 16 stands for "as it is" in contrast and saturation.
    let status = sws_setColorspaceDetails(
      handle, sws_getCoefficients(Int32(from.rawValue)),
      source.colour.range == AVCOL_RANGE_JPEG ? 1 : 0,
      sws_getCoefficients(Int32(to.rawValue)),
      target.colour.range == AVCOL_RANGE_JPEG ? 1 : 0, 0, 1 << 16, 1 << 16)
    // -1 says that the pair of formats has no colours to set: RGB to RGB, and the like.
    return status == -1 ? 0 : status
  }

  /// Makes a frame of the target's form from one of the source's.
  package func convert(_ frame: borrowing VideoFrame) throws(MediaFailure) -> VideoFrame {
    try require(frame)
    let result = try VideoFrame.make(
      width: target.width, height: target.height, format: target.format, colour: target.colour)
    let status = LibAV.call {
      let status = fill(result, from: frame)
      return status < 0 ? status : av_frame_copy_props(result.handle, frame.handle)
    }
    guard status >= 0 else {
      throw MediaFailure(libav: status, "convert", "a frame of \(source) to \(target)")
    }
    var labelled = consume result
    labelled.colour = target.colour
    labelled.sampleAspect = aspect(frame.sampleAspect)
    return labelled
  }

  private func fill(_ target: borrowing VideoFrame, from source: borrowing VideoFrame) -> Int32 {
    guard let thinChroma else { return sws_scale_frame(handle, target.handle, source.handle) }
    thinChroma.convert(source, into: target)
    return 0
  }

  private func require(_ frame: borrowing VideoFrame) throws(MediaFailure) {
    let form = frame.form
    guard form.width == source.width, form.height == source.height, form.format == source.format
    else {
      throw MediaFailure(
        .badMediaSetting, "a frame of \(form) came to a conversion from \(source)",
        hint: "make a conversion anew where frames change")
    }
    guard form.format.holdsRGB || form.colour.contradiction(with: source.colour) == nil else {
      throw MediaFailure(
        .badMediaSetting,
        "the frame is not what the conversion was made for: "
          + (form.colour.contradiction(with: source.colour) ?? ""))
    }
  }

  /// The aspect that keeps the picture's shape; what is not known stays so.
  private func aspect(_ aspect: Rational?) -> Rational? {
    guard let aspect, source.width != target.width || source.height != target.height else {
      return aspect
    }
    var reduced = AVRational(num: 0, den: 1)
    av_reduce(
      &reduced.num, &reduced.den,
      Int64(aspect.numerator) * Int64(source.width) * Int64(target.height),
      Int64(aspect.denominator) * Int64(source.height) * Int64(target.width), Int64(Int32.max))
    return Rational.known(reduced)
  }
}

/// Where chroma samples sit, as libswscale counts it: 256ths of the distance between two rows or
/// columns of luma; -513 leaves it to the format.
private struct ChromaPlace {
  let horizontal: Int64
  let vertical: Int64

  init(_ form: PictureForm) {
    let shift = form.format.chromaShift
    // Unspecified means left to H.264, HEVC and AV1, and to whoever wrote the file.
    let (x, y): (Int64, Int64) =
      switch form.colour.chromaLocation {
      case AVCHROMA_LOC_CENTER: (128, 128)
      case AVCHROMA_LOC_TOPLEFT: (0, 0)
      case AVCHROMA_LOC_TOP: (128, 0)
      case AVCHROMA_LOC_BOTTOMLEFT: (0, 256)
      case AVCHROMA_LOC_BOTTOM: (128, 256)
      default: (0, 128)
      }
    horizontal = shift.horizontal == 1 ? x : -513
    vertical = shift.vertical == 1 ? y : -513
  }
}
