import CFFmpeg

/// How a picture's samples lie in memory.
///
/// An unknown number survives, as libav grows new ones.
package struct PixelFormat: Sendable, Hashable, CustomStringConvertible {
  /// libav's number.
  let raw: AVPixelFormat

  init(_ raw: AVPixelFormat) { self.raw = raw }
  init(rawValue: Int32) { raw = AVPixelFormat(rawValue) }

  /// The format of a name that libav knows ("yuv420p10le"), nil for any other.
  package init?(named name: String) {
    guard LibAV.isReady else { return nil }
    raw = av_get_pix_fmt(name)
    guard raw != AV_PIX_FMT_NONE else { return nil }
  }

  package static let gray8 = PixelFormat(AV_PIX_FMT_GRAY8)
  package static let rgb24 = PixelFormat(AV_PIX_FMT_RGB24)
  package static let rgba = PixelFormat(AV_PIX_FMT_RGBA)
  package static let yuv420p = PixelFormat(AV_PIX_FMT_YUV420P)
  package static let yuv422p = PixelFormat(AV_PIX_FMT_YUV422P)
  package static let yuv444p = PixelFormat(AV_PIX_FMT_YUV444P)
  package static let yuv420p10 = PixelFormat(AV_PIX_FMT_YUV420P10LE)
  package static let yuv444p10 = PixelFormat(AV_PIX_FMT_YUV444P10LE)
  package static let rgb48 = PixelFormat(AV_PIX_FMT_RGB48LE)
  package static let rgba64 = PixelFormat(AV_PIX_FMT_RGBA64LE)
  package static let gray16 = PixelFormat(AV_PIX_FMT_GRAY16LE)

  /// What libav tells of it, nil for an unknown one and where there is no libav.
  var descriptor: AVPixFmtDescriptor? {
    LibAV.isReady ? av_pix_fmt_desc_get(raw)?.pointee : nil
  }

  private func has(_ flag: Int32) -> Bool { (descriptor?.flags ?? 0) & UInt64(flag) != 0 }

  /// libav's name, "unknown" where there is none.
  package var name: String {
    descriptor?.name.map { String(cString: $0) } ?? "unknown"
  }

  package var description: String { name }

  /// How many bits a sample has (the first component's).
  package var bitDepth: Int { descriptor.map { Int($0.comp.0.depth) } ?? 0 }

  /// How many bytes a sample takes up in memory: 1, 2 or 4.
  package var bytesPerSample: Int { bitDepth <= 8 ? 1 : bitDepth <= 16 ? 2 : 4 }

  /// Red, green, blue and not luma with chroma.
  package var isRGB: Bool { has(AV_PIX_FMT_FLAG_RGB) }
  /// Whether it has an alpha channel.
  package var hasAlpha: Bool { has(AV_PIX_FMT_FLAG_ALPHA) }
  /// Whether samples are floating point.
  package var isFloat: Bool { has(AV_PIX_FMT_FLAG_FLOAT) }
  /// Whether pictures lie in a device's memory and must be fetched first.
  package var isHardware: Bool { has(AV_PIX_FMT_FLAG_HWACCEL) }
  /// Whether samples are looked up in a palette.
  package var isPaletted: Bool { has(AV_PIX_FMT_FLAG_PAL) }
  /// Whether pixels are packed to bits rather than bytes.
  package var isBitstream: Bool { has(AV_PIX_FMT_FLAG_BITSTREAM) }
  /// How many components a pixel has.
  package var components: Int { descriptor.map { Int($0.nb_components) } ?? 0 }
  /// How many planes hold them.
  package var planes: Int { descriptor == nil ? 0 : Int(av_pix_fmt_count_planes(raw)) }

  /// How chroma is thinned out: "4:2:0" and the like, nil where it is something else.
  package var chromaSubsampling: String? {
    guard let descriptor, !isRGB, descriptor.nb_components >= 3 else { return nil }
    return switch (descriptor.log2_chroma_w, descriptor.log2_chroma_h) {
    case (0, 0): "4:4:4"
    case (1, 0): "4:2:2"
    case (1, 1): "4:2:0"
    case (2, 0): "4:1:1"
    case (2, 2): "4:1:0"
    case (0, 1): "4:4:0"
    default: nil
    }
  }

  /// The size of one plane of a picture, in samples of that plane (for packed formats, in pixels).
  func size(ofPlane plane: Int, width: Int, height: Int) -> (width: Int, height: Int) {
    guard let descriptor, plane == 1 || plane == 2, !isRGB, planes > 1 else {
      return (width, height)
    }
    // Rounded up: an odd width has a chroma sample for its last column.
    let (h, v) = (Int(descriptor.log2_chroma_w), Int(descriptor.log2_chroma_h))
    return ((width + (1 << h) - 1) >> h, (height + (1 << v) - 1) >> v)
  }
}
