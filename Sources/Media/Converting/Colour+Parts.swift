import CFFmpeg

extension Colour {
  /// Red, green and blue in full range, with nothing said of primaries and curve.
  package static let rgb = Colour(
    matrix: AVCOL_SPC_RGB, primaries: AVCOL_PRI_UNSPECIFIED, transfer: AVCOL_TRC_UNSPECIFIED,
    range: AVCOL_RANGE_JPEG, chromaLocation: AVCHROMA_LOC_UNSPECIFIED)

  /// A colour by libav's names of its parts, as `matrixName` and the others have them; a part that
  /// is not named is not specified.
  ///
  /// Nil where a name is not known.
  package init?(
    matrix: String? = nil, primaries: String? = nil, transfer: String? = nil,
    range: String? = nil, chromaLocation: String? = nil
  ) {
    guard LibAV.isReady else { return nil }
    let numbers = [
      matrix.map { av_color_space_from_name($0) } ?? Int32(AVCOL_SPC_UNSPECIFIED.rawValue),
      primaries.map { av_color_primaries_from_name($0) } ?? Int32(AVCOL_PRI_UNSPECIFIED.rawValue),
      transfer.map { av_color_transfer_from_name($0) } ?? Int32(AVCOL_TRC_UNSPECIFIED.rawValue),
      range.map { av_color_range_from_name($0) } ?? Int32(AVCOL_RANGE_UNSPECIFIED.rawValue),
      chromaLocation.map { av_chroma_location_from_name($0) }
        ?? Int32(AVCHROMA_LOC_UNSPECIFIED.rawValue),
    ]
    guard numbers.allSatisfy({ $0 >= 0 }) else { return nil }
    self.init(
      matrix: AVColorSpace(UInt32(numbers[0])), primaries: AVColorPrimaries(UInt32(numbers[1])),
      transfer: AVColorTransferCharacteristic(UInt32(numbers[2])),
      range: AVColorRange(UInt32(numbers[3])), chromaLocation: AVChromaLocation(UInt32(numbers[4])))
  }

  /// The same colour with black at 0 and white at the highest number.
  package var inFullRange: Colour { replacing(range: AVCOL_RANGE_JPEG) }

  /// The same colour with room below black and above white, as television has it.
  package var inLimitedRange: Colour { replacing(range: AVCOL_RANGE_MPEG) }

  /// This colour, with each part that is not specified taken from another.
  package func completed(by other: Colour) -> Colour {
    Colour(
      matrix: matrix == AVCOL_SPC_UNSPECIFIED ? other.matrix : matrix,
      primaries: primaries == AVCOL_PRI_UNSPECIFIED ? other.primaries : primaries,
      transfer: transfer == AVCOL_TRC_UNSPECIFIED ? other.transfer : transfer,
      range: range == AVCOL_RANGE_UNSPECIFIED ? other.range : range,
      chromaLocation: chromaLocation == AVCHROMA_LOC_UNSPECIFIED
        ? other.chromaLocation : chromaLocation)
  }

  /// The same colour with some parts replaced.
  func replacing(
    matrix: AVColorSpace? = nil, range: AVColorRange? = nil, chromaLocation: AVChromaLocation? = nil
  ) -> Colour {
    Colour(
      matrix: matrix ?? self.matrix, primaries: primaries, transfer: transfer,
      range: range ?? self.range, chromaLocation: chromaLocation ?? self.chromaLocation)
  }

  /// The first part that both specify and that differs, in words; nil where none does.
  ///
  /// Where chroma samples sit is left out: files tell it so rarely that a difference says nothing.
  func contradiction(with other: Colour) -> String? {
    func differ(_ ours: String?, _ theirs: String?) -> String? {
      guard let ours, let theirs, ours != theirs else { return nil }
      return "\(ours) and not \(theirs)"
    }
    return differ(matrixName, other.matrixName).map { "the matrix is \($0)" }
      ?? differ(primariesName, other.primariesName).map { "the primaries are \($0)" }
      ?? differ(transferName, other.transferName).map { "the curve is \($0)" }
      ?? differ(rangeName, other.rangeName).map { "the range is \($0)" }
  }
}
