import CFFmpeg
import CPixels

/// Packed RGB of 8 bits to planes with chroma of half the size, the commonest conversion there is:
/// frames of a generator on their way to an encoder.
///
/// Of our own because libswscale, asked to be exact, takes three times as long. Luma is rounded, not
/// cut; chroma is the mean of what it stands for, as far as its place asks (see `pixels.h`).
struct ThinChroma {
  private let matrix: mediary_rgb_matrix
  private let isCentred: Bool

  /// Nil where a conversion is any other; both colours are complete.
  init?(from source: PictureForm, to target: PictureForm) {
    guard source.format.raw == AV_PIX_FMT_RGB24, target.format.raw == AV_PIX_FMT_YUV420P,
      source.width == target.width, source.height == target.height, source.width % 2 == 0,
      source.height % 2 == 0, let weights = Self.weights(target.colour.matrix)
    else { return nil }
    switch target.colour.chromaLocation {
    case AVCHROMA_LOC_CENTER: isCentred = true
    case AVCHROMA_LOC_LEFT, AVCHROMA_LOC_UNSPECIFIED: isCentred = false
    default: return nil
    }
    switch target.colour.range {
    case AVCOL_RANGE_MPEG: matrix = Self.matrix(weights, luma: 219, chroma: 224, black: 16)
    case AVCOL_RANGE_JPEG: matrix = Self.matrix(weights, luma: 255, chroma: 255, black: 0)
    default: return nil
    }
  }

  /// How much of luma is red and blue.
  private static func weights(_ matrix: AVColorSpace) -> (red: Double, blue: Double)? {
    switch matrix {
    case AVCOL_SPC_BT709: (0.2126, 0.0722)
    case AVCOL_SPC_SMPTE170M, AVCOL_SPC_BT470BG: (0.299, 0.114)
    case AVCOL_SPC_BT2020_NCL: (0.2627, 0.0593)
    default: nil
    }
  }

  private static func matrix(
    _ weights: (red: Double, blue: Double), luma: Double, chroma: Double, black: Int32
  ) -> mediary_rgb_matrix {
    func part(_ weight: Double, of steps: Double) -> Int32 {
      Int32((weight * steps / 255 * 32_768).rounded())
    }
    let (red, blue) = weights
    let half = part(0.5, of: chroma)
    // Green is what is left, so that white keeps its luma and gray has no chroma at all.
    let lumaParts = (part(red, of: luma), part(blue, of: luma))
    let fromRed = part(-red / (1 - blue) / 2, of: chroma)
    let fromBlue = part(-blue / (1 - red) / 2, of: chroma)
    return mediary_rgb_matrix(
      luma: (lumaParts.0, part(1, of: luma) - lumaParts.0 - lumaParts.1, lumaParts.1),
      blue: (fromRed, -half - fromRed, half), red: (half, -half - fromBlue, fromBlue), black: black)
  }

  /// Fills the planes of `target` from `source`, both of the forms this was made for.
  func convert(_ source: borrowing VideoFrame, into target: borrowing VideoFrame) {
    let (from, to) = (source.handle.pointee, target.handle.pointee)
    guard let packed = from.data.0, let luma = to.data.0, let blue = to.data.1, let red = to.data.2
    else { preconditionFailure("frames have pixels") }
    let planes = mediary_yuv_planes(
      luma: luma, blue: blue, red: red, luma_stride: Int(to.linesize.0),
      blue_stride: Int(to.linesize.1), red_stride: Int(to.linesize.2))
    withUnsafeTemporaryAllocation(
      of: Int16.self, capacity: mediary_yuv420_scratch(from.width)
    ) { scratch in
      withUnsafePointer(to: matrix) { matrix in
        mediary_rgb24_to_yuv420(
          packed, Int(from.linesize.0), from.width, from.height, matrix, isCentred ? 1 : 0, planes,
          scratch.baseAddress)
      }
    }
  }
}
