import Media

/// Whether libav is there, fits, and can do what Mediary promises.
enum LibAVChecks {
  static var all: [Check] { libraries + decoders + encoders + filters }

  private static var libraries: [Check] {
    LibAV.libraries().map { library in
      Check(
        "libav", String(library.file.prefix { $0 != "." }), ok: library.isCompatible,
        found: library.found, needed: "\(library.built) or newer of the same major version",
        hint: "apt-get install ffmpeg, or build again with ./mediary for the version that is there")
    }
  }

  private static let wantedDecoders: [(name: String, what: String)] = [
    ("h264", "H.264"), ("hevc", "HEVC"), ("libdav1d", "AV1"), ("vp9", "VP9"), ("prores", "ProRes"),
    ("ffv1", "FFV1"), ("aac", "AAC"), ("opus", "Opus"), ("flac", "FLAC"), ("mp3float", "MP3"),
    ("png", "PNG"), ("mjpeg", "JPEG"), ("webp", "WebP"),
  ]

  private static var decoders: [Check] {
    wantedDecoders.map { decoder in
      let isThere = LibAV.hasDecoder(decoder.name)
      return Check(
        "Decoders", decoder.what, ok: isThere, required: false,
        found: isThere ? decoder.name : nil, needed: decoder.name,
        hint: "files with \(decoder.what) are described, but cannot be decoded")
    }
  }

  private static let wantedEncoders: [(name: String, what: String)] = [
    ("libx264", "H.264"), ("libx265", "HEVC"), ("libsvtav1", "AV1"), ("libvpx-vp9", "VP9"),
    ("prores_ks", "ProRes"), ("ffv1", "FFV1"), ("aac", "AAC"), ("libopus", "Opus"),
    ("flac", "FLAC"), ("libmp3lame", "MP3"), ("png", "PNG"), ("mjpeg", "JPEG"), ("libwebp", "WebP"),
  ]

  private static var encoders: [Check] {
    wantedEncoders.map { encoder in
      let isThere = LibAV.hasEncoder(encoder.name)
      return Check(
        "Encoders", encoder.what, ok: isThere, required: false,
        found: isThere ? encoder.name : nil, needed: encoder.name,
        hint: "nothing can be written as \(encoder.what)")
    }
  }

  private static let wantedFilters: [(name: String, what: String)] = [
    ("zscale", "colour conversion"), ("scale", "scaling"), ("bwdif", "deinterlacing"),
    ("ebur128", "loudness"),
  ]

  private static var filters: [Check] {
    wantedFilters.map { filter in
      let isThere = LibAV.hasFilter(filter.name)
      return Check(
        "Filters", filter.what, ok: isThere, required: false, found: isThere ? filter.name : nil,
        needed: filter.name, hint: "\(filter.what) is not to be had")
    }
  }
}
