import Foundations
import Media
import Pictures

/// Makes the bytes of a picture's file.
struct StillEncoder {
  private let codec: ImageCodec
  private let stop: StopFlag

  init(_ codec: ImageCodec, stop: StopFlag) {
    self.codec = codec
    self.stop = stop
  }

  func encode(_ frame: borrowing VideoFrame) throws -> [UInt8] {
    let isGray = frame.format == .gray8 || frame.format == .gray16
    switch codec.family {
    case .jpeg(let quality): return try jpeg(frame, quality: quality, isGray: isGray)
    case .png:
      return try packets(
        frame, "png", png(frame.format), colour: isGray ? .gray : .sRGB, [("pred", "mixed")])
    case .webp(let quality):
      let format = frame.format.hasAlpha ? "yuva420p" : "yuv420p"
      return try packets(frame, "libwebp", format, colour: .webP, [("quality", "\(quality)")])
    case .webpLossless:
      return try packets(frame, "libwebp", "bgra", colour: .sRGB, [("lossless", "1")])
    case .avif(let quality):
      return try avif(frame, quality: quality)
    case .jxl(let quality):
      // Butteraugli's distance, by the table that libjxl gives for JPEG's numbers.
      let distance =
        quality >= 100
        ? 0
        : quality >= 30
          ? 0.1 + Double(100 - quality) * 0.09
          : 53.0 / 3000 * Double(quality * quality)
            - 23.0 / 20 * Double(quality) + 25
      let format = frame.format.hasAlpha ? "rgba" : isGray ? "gray" : "rgb24"
      return try packets(
        frame, "libjxl", format, colour: isGray ? .gray : .sRGB, [("distance", "\(distance)")])
    case .exr(let isHalf):
      let format = frame.format.isFloat ? frame.format.name : "gbrpf32le"
      return try packets(
        frame, "exr", format, colour: .rgb,
        [("compression", "zip16"), ("format", isHalf ? "half" : "float")])
    }
  }

  private func jpeg(
    _ frame: borrowing VideoFrame, quality: Int, isGray: Bool
  ) throws -> [UInt8] {
    let pixels: JPEGEncoder.Pixels = isGray ? .gray : .rgb
    let format: PixelFormat = isGray ? .gray8 : .rgb24
    if frame.format == format {
      return try frame.withRows { rows, stride in
        try JPEGEncoder.encode(
          rows, width: frame.width, height: frame.height, stride: stride, pixels: pixels,
          quality: quality)
      }
    }
    let converted = try convert(frame, to: format, colour: isGray ? .gray : .sRGB)
    return try converted.withRows { rows, stride in
      try JPEGEncoder.encode(
        rows, width: converted.width, height: converted.height, stride: stride, pixels: pixels,
        quality: quality)
    }
  }

  /// PNG's formats are the frame's own, the wide ones with their bytes the other way round.
  private func png(_ format: PixelFormat) -> String {
    switch format {
    case .rgb48: "rgb48be"
    case .rgba64: "rgba64be"
    case .gray16: "gray16be"
    case .gray8: "gray"
    default: format.hasAlpha ? "rgba" : "rgb24"
    }
  }

  private func convert(
    _ frame: borrowing VideoFrame, to format: PixelFormat, colour: Colour
  ) throws -> VideoFrame {
    var target = frame.form
    target.format = format
    target.colour = colour
    return try PixelConverter.make(from: frame.form, to: target, unspecifiedAs: .avif).convert(
      frame)
  }

  /// Encodes to a bare stream of packets, which for these formats is the file.
  private func packets(
    _ frame: borrowing VideoFrame, _ encoder: String, _ format: String, colour: Colour,
    _ options: [(key: String, value: String)]
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try encode(frame, encoder, format, colour, options) { packet, _ in
      for byte in 0..<packet.bytes.count { bytes.append(packet.bytes[byte]) }
    }
    return bytes
  }

  private func avif(_ frame: borrowing VideoFrame, quality: Int) throws -> [UInt8] {
    let crf = (100 - quality) * 63 / 100
    let isOdd = frame.width % 2 != 0 || frame.height % 2 != 0
    let format = isOdd || quality >= 90 ? "yuv444p" : "yuv420p"
    let sink = MemoryByteSink(name: "picture.avif")
    var options = MuxerOptions()
    options.container = Container(named: "avif")
    var muxer = try Muxer.make(.bytes(sink), options: options, stop: stop)
    var stream: Int?
    do {
      try encode(
        frame, "libaom-av1", format, .avif,
        [("crf", "\(crf)"), ("still-picture", "1"), ("cpu-used", "6")]
      ) { packet, parameters in
        if stream == nil {
          stream = try muxer.addStream(parameters)
          try muxer.start()
        }
        try muxer.write(packet, stream: stream ?? 0)
      }
      try muxer.finish()
    } catch {
      muxer.abandon()
      throw error
    }
    return sink.bytes
  }

  private func encode(
    _ frame: borrowing VideoFrame, _ encoder: String, _ format: String, _ colour: Colour,
    _ options: [(key: String, value: String)],
    each: (borrowing Packet, CodecParameters) throws -> Void
  ) throws {
    guard let pixels = PixelFormat(named: format) else {
      throw MediaOutputFailure(.outputUnfitting, "libav knows no pixels \(format)")
    }
    var picture =
      frame.format == pixels
      ? try frame.retained() : try convert(frame, to: pixels, colour: colour)
    picture.presentationTicks = 0
    var settings = VideoEncoderSettings(
      codec: encoder, form: picture.form, timebase: Rational(1, 25), frameRate: Rational(25, 1),
      options: options)
    settings.hasGlobalHeader = encoder == "libaom-av1"
    var encoder = try VideoEncoder.open(settings)
    let parameters = encoder.parameters
    try encoder.encode(picture) { try each($0, parameters) }
    try encoder.finish { try each($0, parameters) }
  }
}
