import Foundations
import Media
import TestSupport
import Testing

@Suite("Lossless encoding") struct LosslessEncodingTests {
  /// An encoder, a format it keeps exactly, and a container for both.
  struct Way: Sendable, CustomTestStringConvertible {
    let codec: String
    let format: String
    let container: String
    var options: [String: String] = [:]
    var isFilm = true

    var testDescription: String { "\(codec) \(format) in \(container)" }

    /// The samples with those of fully transparent pixels set to 0: WebP does not keep them.
    func visible<Sample: BinaryInteger>(_ samples: [Sample]) -> [Sample] {
      guard codec == "libwebp" else { return samples }
      return samples.indices.map { samples[$0 | 3] == 0 ? 0 : samples[$0] }
    }
  }

  static let ways = [
    Way(codec: "libx264", format: "yuv420p", container: "mp4", options: ["qp": "0"]),
    Way(codec: "libx264", format: "yuv444p10le", container: "mkv", options: ["qp": "0"]),
    Way(codec: "libx264rgb", format: "rgb24", container: "mkv", options: ["qp": "0"]),
    Way(
      codec: "libx265", format: "yuv420p", container: "mkv", options: ["x265-params": "lossless=1"]),
    Way(codec: "ffv1", format: "yuv420p", container: "mkv"),
    Way(codec: "ffv1", format: "yuv422p10le", container: "mkv"),
    Way(codec: "ffv1", format: "gray16le", container: "mkv"),
    Way(codec: "ffv1", format: "rgb48le", container: "mkv"),
    Way(codec: "ffv1", format: "bgra", container: "avi"),
    Way(codec: "ffv1", format: "yuva444p", container: "mkv"),
    Way(codec: "png", format: "rgb24", container: "mov"),
    Way(codec: "apng", format: "rgba", container: "apng"),
    Way(codec: "png", format: "rgb24", container: "png", isFilm: false),
    Way(codec: "png", format: "rgba", container: "png", isFilm: false),
    Way(codec: "png", format: "gray", container: "png", isFilm: false),
    Way(
      codec: "libwebp", format: "bgra", container: "webp", options: ["lossless": "1"],
      isFilm: false),
    Way(codec: "tiff", format: "rgb48le", container: "tiff", isFilm: false),
    Way(codec: "bmp", format: "bgr24", container: "bmp", isFilm: false),
    Way(codec: "rawvideo", format: "yuv420p", container: "mkv"),
  ]

  @Test("gives back every sample, to us and to ffmpeg", arguments: ways)
  func exact(_ way: Way) throws {
    let folder = try TemporaryFolder()
    let format = try #require(PixelFormat(named: way.format))
    // Odd where chroma is whole, so that nothing is rounded to even numbers.
    let isThin = format.chromaSubsampling == "4:2:0" || format.chromaSubsampling == "4:2:2"
    var film = ClipFilm()
    film.form = PictureForm(
      width: isThin ? 64 : 63, height: isThin ? 48 : 47, format: format,
      colour: format.isRGB ? .rgb : .unspecified)
    film.frames = way.isFilm ? 6 : 1
    film.codec = way.codec
    film.options = way.options.map { ($0.key, $0.value) }
    let path = FilePath(folder("clip.\(way.container)"))
    try film.write(to: .file(path))

    var count = 0
    try ClipContent.frames(.file(path)) { frame in
      #expect(frame.width == film.form.width && frame.height == film.form.height)
      let same = try Self.asWritten(frame, film.form)
      let wanted = ClipPattern.samples(try ClipPattern.picture(film.form, frame: count))
      // Compared first: a list of all differences would take minutes.
      let isExact = way.visible(ClipPattern.samples(same)[0]) == way.visible(wanted[0])
      #expect(isExact, "frame \(count)")
      let areOthersExact = ClipPattern.samples(same).dropFirst() == wanted.dropFirst()
      #expect(areOthersExact, "frame \(count)")
      count += 1
    }
    #expect(count == film.frames)

    let raw = try ClipCommand.decoded(
      path, in: folder, ["-pix_fmt", way.format, "-vsync", "0", "-f", "rawvideo"])
    let isExact = way.visible(try Self.bytes(film)) == way.visible(raw)
    #expect(isExact)
  }

  /// A frame in the format it had before: decoders give RGB in an order of their own.
  private static func asWritten(
    _ frame: borrowing VideoFrame, _ form: PictureForm
  ) throws -> VideoFrame {
    if frame.format == form.format { return try frame.retained() }
    #expect(frame.format.isRGB && form.format.isRGB, "\(frame.format)")
    var target = form
    target.colour = .unspecified
    return try PixelConverter.make(from: frame.form, to: target, dropsAlpha: true).convert(frame)
  }

  private static func bytes(_ film: ClipFilm) throws -> [UInt8] {
    try (0..<film.frames).flatMap { index in
      let picture = try ClipPattern.picture(film.form, frame: index)
      return ClipPattern.samples(picture).flatMap { plane in
        plane.flatMap { value in
          picture.format.bytesPerSample == 1
            ? [UInt8(value)] : [UInt8(value & 0xFF), UInt8(value >> 8)]
        }
      }
    }
  }
}
