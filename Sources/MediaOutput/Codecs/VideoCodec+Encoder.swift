import Media

/// What a codec key means for one film: the encoder, its pixels, its options.
struct FilmEncoding {
  var encoder: String
  var pixels: PixelFormat
  var colour: Colour
  var options: [(key: String, value: String)] = []
  /// The container's letters for the codec, where players insist on some.
  var tag: String?

  private init(
    _ encoder: String, _ pixels: String, _ colour: Colour,
    _ options: [(key: String, value: String)] = [], tag: String? = nil
  ) throws(MediaOutputFailure) {
    guard let format = PixelFormat(named: pixels) else {
      throw MediaOutputFailure(.outputUnfitting, "libav knows no pixels \(pixels)")
    }
    self.encoder = encoder
    self.pixels = format
    self.colour = colour
    self.options = options
    self.tag = tag
  }

  /// The encoding of a film of a size; `isOdd` says that a side is, which chroma of half the size
  /// cannot show, so that it then has the full size.
  init(
    _ codec: VideoCodec, in container: FilmContainer, width: Int, height: Int, hasAlpha: Bool
  ) throws(MediaOutputFailure) {
    let isOdd = width % 2 != 0 || height % 2 != 0
    let thin = isOdd ? "yuv444p" : "yuv420p"
    switch codec.family {
    case .h264(let crf): try self.init("libx264", thin, .bt709, [("crf", "\(crf)")])
    case .h265(let crf):
      try self.init(
        "libx265", thin, .bt709, [("crf", "\(crf)"), ("x265-params", "log-level=none")],
        tag: container == .mkv ? nil : "hvc1")
    case .lossless where container == .mkv: try self.init("ffv1", "bgr0", .bt709RGB)
    case .lossless: try self.init("libx264", "yuv444p", .bt709, [("crf", "0")])
    case .prores:
      try self.init(
        "prores_ks", isOdd ? "yuv444p10le" : "yuv422p10le", .bt709,
        [("profile", isOdd ? "4" : "2")])
    case .dnxhr:
      guard width >= 256, height >= 120 else {
        throw MediaOutputFailure(
          .outputUnfitting, "dnxhr_hq takes films of 256x120 and more, this has \(width)x\(height)")
      }
      guard width % 2 == 0 else {
        throw MediaOutputFailure(
          .outputUnfitting, "dnxhr_hq takes an even width, this is \(width)",
          hint: "prores_422 and libx264_8 take odd ones")
      }
      try self.init("dnxhd", "yuv422p", .bt709, [("profile", "dnxhr_hq")])
    case .hdr(let crf):
      try self.init(
        "libx265", isOdd ? "yuv444p10le" : "yuv420p10le", .bt2020PQ,
        [
          ("preset", "medium"), ("crf", "\(crf)"),
          ("x265-params", "log-level=none:hdr10=1:repeat-headers=1"),
        ], tag: container == .mkv ? nil : "hvc1")
    case .av1(let crf):
      guard !isOdd, width >= 64, height >= 64 else {
        // libaom takes 4:4:4 and tiny pictures, SVT-AV1 does not.
        try self.init(
          "libaom-av1", thin, .bt709, [("crf", "\(crf)"), ("cpu-used", "6")])
        return
      }
      try self.init("libsvtav1", "yuv420p10le", .bt709, [("crf", "\(crf)"), ("preset", "8")])
    case .vp9(let crf):
      try self.init(
        "libvpx-vp9", thin, .bt709, [("crf", "\(crf)"), ("b", "0"), ("row-mt", "1")])
    case .webp:
      try self.init(
        "libwebp_anim", hasAlpha ? "yuva420p" : "yuv420p", .webP, [("quality", "90")])
    case .gif: try self.init("gif", "pal8", .sRGB)
    case .apng: try self.init("apng", hasAlpha ? "rgba" : "rgb24", .sRGB, [("pred", "mixed")])
    }
  }
}
