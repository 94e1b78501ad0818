import CFFmpeg

/// What a picture's numbers mean as colours.
///
/// Every part may be unspecified, and then stays so.
package struct Colour: Sendable, Hashable {
  /// The matrix between RGB and luma with chroma (AVColorSpace).
  let matrix: AVColorSpace
  /// The chromaticities of the primaries.
  let primaries: AVColorPrimaries
  /// The curve from numbers to light.
  let transfer: AVColorTransferCharacteristic
  /// Whether black is 0 or 16.
  let range: AVColorRange
  /// Where chroma samples sit.
  let chromaLocation: AVChromaLocation

  /// Nothing is known.
  package static let unspecified = Colour(
    matrix: AVCOL_SPC_UNSPECIFIED, primaries: AVCOL_PRI_UNSPECIFIED,
    transfer: AVCOL_TRC_UNSPECIFIED, range: AVCOL_RANGE_UNSPECIFIED,
    chromaLocation: AVCHROMA_LOC_UNSPECIFIED)

  /// High definition video: BT.709 in limited range.
  package static let bt709 = Colour(
    matrix: AVCOL_SPC_BT709, primaries: AVCOL_PRI_BT709, transfer: AVCOL_TRC_BT709,
    range: AVCOL_RANGE_MPEG, chromaLocation: AVCHROMA_LOC_LEFT)

  /// Standard definition video: BT.601 (NTSC primaries) in limited range.
  package static let bt601 = Colour(
    matrix: AVCOL_SPC_SMPTE170M, primaries: AVCOL_PRI_SMPTE170M, transfer: AVCOL_TRC_SMPTE170M,
    range: AVCOL_RANGE_MPEG, chromaLocation: AVCHROMA_LOC_LEFT)

  /// HDR10 video: BT.2020 with the PQ curve in limited range.
  package static let bt2020PQ = Colour(
    matrix: AVCOL_SPC_BT2020_NCL, primaries: AVCOL_PRI_BT2020, transfer: AVCOL_TRC_SMPTE2084,
    range: AVCOL_RANGE_MPEG, chromaLocation: AVCHROMA_LOC_LEFT)

  /// Pictures: sRGB in full range.
  package static let sRGB = Colour(
    matrix: AVCOL_SPC_RGB, primaries: AVCOL_PRI_BT709, transfer: AVCOL_TRC_IEC61966_2_1,
    range: AVCOL_RANGE_JPEG, chromaLocation: AVCHROMA_LOC_UNSPECIFIED)

  /// The frames of a film before they are encoded: BT.709's light as red, green and blue.
  package static let bt709RGB = Colour(
    matrix: AVCOL_SPC_RGB, primaries: AVCOL_PRI_BT709, transfer: AVCOL_TRC_BT709,
    range: AVCOL_RANGE_JPEG, chromaLocation: AVCHROMA_LOC_UNSPECIFIED)

  /// The frames of an HDR10 film before they are encoded.
  package static let bt2020PQRGB = Colour(
    matrix: AVCOL_SPC_RGB, primaries: AVCOL_PRI_BT2020, transfer: AVCOL_TRC_SMPTE2084,
    range: AVCOL_RANGE_JPEG, chromaLocation: AVCHROMA_LOC_UNSPECIFIED)

  /// Gray pictures: sRGB's curve in full range.
  package static let gray = Colour(
    matrix: AVCOL_SPC_UNSPECIFIED, primaries: AVCOL_PRI_BT709, transfer: AVCOL_TRC_IEC61966_2_1,
    range: AVCOL_RANGE_JPEG, chromaLocation: AVCHROMA_LOC_UNSPECIFIED)

  /// What WebP takes for its luma and chroma: sRGB by BT.601's matrix in limited range.
  package static let webP = Colour(
    matrix: AVCOL_SPC_SMPTE170M, primaries: AVCOL_PRI_BT709, transfer: AVCOL_TRC_IEC61966_2_1,
    range: AVCOL_RANGE_MPEG, chromaLocation: AVCHROMA_LOC_CENTER)

  /// What AVIF takes for its luma and chroma here: sRGB by BT.601's matrix in full range.
  package static let avif = Colour(
    matrix: AVCOL_SPC_SMPTE170M, primaries: AVCOL_PRI_BT709, transfer: AVCOL_TRC_IEC61966_2_1,
    range: AVCOL_RANGE_JPEG, chromaLocation: AVCHROMA_LOC_UNSPECIFIED)

  private static func named(
    _ text: @autoclosure () -> UnsafePointer<CChar>?, _ isUnspecified: Bool
  ) -> String? {
    isUnspecified || !LibAV.isReady ? nil : text().map { String(cString: $0) }
  }

  /// "bt709", "bt2020nc", …; nil where unspecified.
  package var matrixName: String? {
    Self.named(av_color_space_name(matrix), matrix == AVCOL_SPC_UNSPECIFIED)
  }
  /// "bt709", "bt2020", …; nil where unspecified.
  package var primariesName: String? {
    Self.named(av_color_primaries_name(primaries), primaries == AVCOL_PRI_UNSPECIFIED)
  }
  /// "bt709", "smpte2084" (PQ), "arib-std-b67" (HLG), …; nil where unspecified.
  package var transferName: String? {
    Self.named(av_color_transfer_name(transfer), transfer == AVCOL_TRC_UNSPECIFIED)
  }
  /// "tv" (limited) or "pc" (full); nil where unspecified.
  package var rangeName: String? {
    Self.named(av_color_range_name(range), range == AVCOL_RANGE_UNSPECIFIED)
  }
  /// "left", "center", "topleft", …; nil where unspecified.
  package var chromaLocationName: String? {
    Self.named(av_chroma_location_name(chromaLocation), chromaLocation == AVCHROMA_LOC_UNSPECIFIED)
  }

  /// Whether the curve is one of high dynamic range.
  package var isHighDynamicRange: Bool { isPQ || isHLG }
  /// Whether the curve is SMPTE ST 2084, that of HDR10 and most Dolby Vision.
  package var isPQ: Bool { transfer == AVCOL_TRC_SMPTE2084 }
  /// Whether the curve is hybrid log-gamma.
  package var isHLG: Bool { transfer == AVCOL_TRC_ARIB_STD_B67 }
}
