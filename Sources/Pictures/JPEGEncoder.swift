import CTurboJPEG
import Foundations

/// Makes JPEG files of pixels, with the quality numbers and tables that users know from libjpeg.
package enum JPEGEncoder {
  /// How the pixels lie.
  package enum Pixels: Sendable {
    case gray, rgb

    fileprivate var raw: Int32 { self == .gray ? TJPF_GRAY.rawInt : TJPF_RGB.rawInt }
    fileprivate var sampling: Int32 { self == .gray ? TJSAMP_GRAY.rawInt : TJSAMP_420.rawInt }
  }

  /// Encodes rows of 8 bit components, each `stride` bytes after the one before.
  ///
  /// Chroma is halved both ways, as every common writer does it; a JPEG's side may have 65,535
  /// pixels.
  package static func encode(
    _ bytes: RawSpan, width: Int, height: Int, stride: Int, pixels: Pixels, quality: Int
  ) throws(PictureFailure) -> [UInt8] {
    guard (1...65_535).contains(width), (1...65_535).contains(height) else {
      throw PictureFailure(
        .pictureTooLarge, "a JPEG cannot have \(width)x\(height) pixels",
        hint: "no side may be longer than 65535; PNG and WebP have limits of their own")
    }
    let channels = pixels == .gray ? 1 : 3
    precondition(
      bytes.byteCount >= (height - 1) * stride + width * channels, "the rows lie in the bytes")
    guard let handle = tjInitCompress() else {
      throw PictureFailure(.pictureOutOfMemory, "no memory for a JPEG encoder")
    }
    defer { tjDestroy(handle) }
    var made: UnsafeMutablePointer<UInt8>?
    var size: UInt = 0
    defer { tjFree(made) }
    let status = bytes.withUnsafeBytes { raw in
      tjCompress2(
        handle, raw.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(width), Int32(stride),
        Int32(height), pixels.raw, &made, &size, pixels.sampling, Int32(quality),
        TJFLAG_ACCURATEDCT)
    }
    guard status == 0, let made else {
      throw PictureFailure(
        .pictureOutOfMemory, "cannot make a JPEG: \(String(cString: tjGetErrorStr2(handle)))")
    }
    return Array(UnsafeBufferPointer(start: made, count: Int(size)))
  }
}

extension TJPF { fileprivate var rawInt: Int32 { Int32(rawValue) } }
extension TJSAMP { fileprivate var rawInt: Int32 { Int32(rawValue) } }
