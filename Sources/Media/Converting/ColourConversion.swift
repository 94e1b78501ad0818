import CFFmpeg

/// What a conversion of pixels has to do to their colours, decided before anything is converted.
///
/// libswscale knows matrices and ranges, and takes BT.601 where it is told nothing. It knows no
/// primaries and no curves at all. So everything it would guess is decided or refused here.
struct ColourConversion {
  /// The source's colour, complete as far as the conversion needs it.
  let source: Colour
  /// The target's colour: what its frames will be labelled.
  let target: Colour

  /// Decides, or refuses.
  ///
  /// A part that the target leaves open is the source's; one that the source leaves open is taken
  /// from `fallback`.
  init(
    from source: PictureForm, to target: PictureForm, unspecifiedAs fallback: Colour?
  ) throws(MediaFailure) {
    let from = Self.normalised(source).completed(by: fallback ?? .unspecified)
    try Self.requireFullRange(source.format, from, "source")
    let asked = Self.normalised(target)
    try Self.requireFullRange(target.format, asked, "target")
    self.source = Self.normalised(source, from)
    self.target = Self.target(asked, from: self.source, source, target)
    try Self.requireMatrix(self.source, self.target, source.format, target.format)
    try Self.requireRange(self.source, self.target, source.format, target.format)
    try Self.requireSameLight(self.source, self.target)
    try Self.requireSamePlaces(self.source, self.target, source, target)
  }

  /// Pictures in red, green and blue have no matrix to choose, and none but the full range here.
  private static func normalised(_ form: PictureForm, _ colour: Colour? = nil) -> Colour {
    let colour = colour ?? form.colour
    guard form.format.holdsRGB else { return colour }
    let isUnspecified = colour.range == AVCOL_RANGE_UNSPECIFIED
    return colour.replacing(
      matrix: AVCOL_SPC_RGB, range: isUnspecified ? AVCOL_RANGE_JPEG : colour.range,
      chromaLocation: AVCHROMA_LOC_UNSPECIFIED)
  }

  private static func target(
    _ asked: Colour, from source: Colour, _ sourceForm: PictureForm, _ targetForm: PictureForm
  ) -> Colour {
    let (from, to) = (sourceForm.format, targetForm.format)
    // Between RGB and luma, neither matrix nor range of the one say anything of the other.
    var inherited = source
    if from.holdsRGB != to.holdsRGB {
      inherited = source.replacing(
        matrix: AVCOL_SPC_UNSPECIFIED, range: AVCOL_RANGE_UNSPECIFIED,
        chromaLocation: AVCHROMA_LOC_UNSPECIFIED)
    }
    let colour = asked.completed(by: inherited)
    return to.hasThinnedChroma
      ? colour : colour.replacing(chromaLocation: AVCHROMA_LOC_UNSPECIFIED)
  }

  private static func requireFullRange(
    _ format: PixelFormat, _ colour: Colour, _ side: String
  ) throws(MediaFailure) {
    guard format.holdsRGB, colour.range == AVCOL_RANGE_MPEG else { return }
    throw MediaFailure(
      .badMediaSetting, "the \(side) is \(format.name) in limited range, which cannot be converted",
      hint: "libswscale knows RGB in full range only; a filter graph with zscale knows both")
  }

  /// The matrices that libswscale has coefficients for.
  private static let knownMatrices: Set<UInt32> = [
    AVCOL_SPC_BT709.rawValue, AVCOL_SPC_FCC.rawValue, AVCOL_SPC_BT470BG.rawValue,
    AVCOL_SPC_SMPTE170M.rawValue, AVCOL_SPC_SMPTE240M.rawValue, AVCOL_SPC_BT2020_NCL.rawValue,
  ]

  private static func requireMatrix(
    _ source: Colour, _ target: Colour, _ from: PixelFormat, _ to: PixelFormat
  ) throws(MediaFailure) {
    let isRecoded = !from.isGray && !to.isGray && source.matrix != target.matrix
    // Luma alone is the same in every matrix, as long as it comes from luma or goes to gray.
    let matters = [
      ("source", source, from, !from.isGray && (to.holdsRGB || isRecoded)),
      ("target", target, to, from.holdsRGB || isRecoded),
    ]
    for (side, colour, format, isNeeded) in matters where isNeeded && !format.holdsRGB {
      guard colour.matrix != AVCOL_SPC_UNSPECIFIED else {
        throw unspecified("matrix", side, format)
      }
      guard knownMatrices.contains(colour.matrix.rawValue) else {
        throw MediaFailure(
          .badMediaSetting,
          "the \(side)'s matrix \(colour.matrixName ?? "?") cannot be converted from or to",
          hint: "a filter graph with zscale knows more matrices")
      }
    }
  }

  private static func requireRange(
    _ source: Colour, _ target: Colour, _ from: PixelFormat, _ to: PixelFormat
  ) throws(MediaFailure) {
    guard from.holdsRGB != to.holdsRGB || source.range != target.range else { return }
    for (side, colour, format) in [("source", source, from), ("target", target, to)]
    where colour.range == AVCOL_RANGE_UNSPECIFIED {
      throw unspecified("range", side, format)
    }
  }

  private static func unspecified(
    _ part: String, _ side: String, _ format: PixelFormat
  ) -> MediaFailure {
    MediaFailure(
      .badMediaSetting, "the \(side) (\(format.name)) does not say which colour \(part) it has",
      hint: "say what it is to be taken for; it is never guessed")
  }

  private static func requireSameLight(
    _ source: Colour, _ target: Colour
  ) throws(MediaFailure) {
    let hint = "a filter graph with zscale converts primaries and curves; or label the source anew"
    if source.primaries != target.primaries {
      throw MediaFailure(
        .badMediaSetting,
        "primaries \(source.primariesName ?? "that are not specified") cannot be converted to "
          + (target.primariesName ?? "unspecified ones"), hint: hint)
    }
    if source.transfer != target.transfer {
      throw MediaFailure(
        .badMediaSetting,
        "the curve \(source.transferName ?? "that is not specified") cannot be converted to "
          + (target.transferName ?? "an unspecified one"), hint: hint)
    }
  }

  /// Without a change of size or of chroma's thinning, libswscale leaves chroma where it sits.
  private static func requireSamePlaces(
    _ source: Colour, _ target: Colour, _ from: PictureForm, _ to: PictureForm
  ) throws(MediaFailure) {
    guard to.format.hasThinnedChroma, source.chromaLocation != target.chromaLocation,
      from.format.chromaShift == to.format.chromaShift,
      from.width == to.width, from.height == to.height
    else { return }
    throw MediaFailure(
      .badMediaSetting,
      "chroma cannot be moved from \(source.chromaLocationName ?? "an unspecified place") to "
        + (target.chromaLocationName ?? "an unspecified one"),
      hint: "leave the target's chroma location open")
  }
}

extension PixelFormat {
  /// Whether libswscale takes it for red, green and blue: so it does black and white bits.
  var holdsRGB: Bool { isRGB || isPaletted || bitDepth == 1 }

  /// Whether there is luma and nothing else but alpha.
  var isGray: Bool { !holdsRGB && components <= 2 }

  /// Whether there are fewer chroma samples than pixels.
  var hasThinnedChroma: Bool { chromaShift != ChromaShift(horizontal: 0, vertical: 0) }

  /// How often chroma samples are halved each way.
  struct ChromaShift: Equatable {
    let horizontal: Int
    let vertical: Int
  }

  /// How often chroma samples are halved each way.
  var chromaShift: ChromaShift {
    guard !isRGB, let descriptor else {
      return ChromaShift(horizontal: 0, vertical: 0)
    }
    return ChromaShift(
      horizontal: Int(descriptor.log2_chroma_w), vertical: Int(descriptor.log2_chroma_h))
  }
}
