extension ContentType {
  /// The kind it belongs to.
  package var kind: ContentKind { facts.kind }

  /// What files of it are called at their end, without the dot; `bin` for what is unknown.
  package var fileExtension: String { facts.fileExtension }

  /// What it is called over HTTP.
  package var mimeType: String { facts.mimeType }

  private var facts: (kind: ContentKind, fileExtension: String, mimeType: String) {
    switch self {
    case .png: (.image, "png", "image/png")
    case .apng: (.image, "png", "image/apng")
    case .jpeg: (.image, "jpg", "image/jpeg")
    case .webp: (.image, "webp", "image/webp")
    case .gif: (.image, "gif", "image/gif")
    case .avif: (.image, "avif", "image/avif")
    case .heic: (.image, "heic", "image/heic")
    case .jxl: (.image, "jxl", "image/jxl")
    case .bmp: (.image, "bmp", "image/bmp")
    case .tiff: (.image, "tiff", "image/tiff")
    case .exr: (.image, "exr", "image/x-exr")
    case .svg: (.image, "svg", "image/svg+xml")
    case .mp4: (.video, "mp4", "video/mp4")
    case .mov: (.video, "mov", "video/quicktime")
    case .matroska: (.video, "mkv", "video/x-matroska")
    case .webm: (.video, "webm", "video/webm")
    case .avi: (.video, "avi", "video/x-msvideo")
    case .mpegts: (.video, "ts", "video/mp2t")
    case .mpegps: (.video, "mpg", "video/mpeg")
    case .flv: (.video, "flv", "video/x-flv")
    case .oggVideo: (.video, "ogv", "video/ogg")
    case .m4a: (.audio, "m4a", "audio/mp4")
    case .wav, .rf64: (.audio, "wav", "audio/wav")
    case .aiff: (.audio, "aiff", "audio/aiff")
    case .flac: (.audio, "flac", "audio/flac")
    case .vorbis, .oggAudio: (.audio, "ogg", "audio/ogg")
    case .opus: (.audio, "opus", "audio/ogg")
    case .mp3: (.audio, "mp3", "audio/mpeg")
    case .aac: (.audio, "aac", "audio/aac")
    case .midi: (.midi, "mid", "audio/midi")
    case .gltf: (.model3D, "gltf", "model/gltf+json")
    case .glb: (.model3D, "glb", "model/gltf-binary")
    case .obj: (.model3D, "obj", "model/obj")
    case .stl: (.model3D, "stl", "model/stl")
    case .ply: (.model3D, "ply", "model/ply")
    case .usdz: (.model3D, "usdz", "model/vnd.usdz+zip")
    case .text: (.text, "txt", "text/plain")
    case .html: (.code, "html", "text/html")
    case .xml: (.code, "xml", "application/xml")
    case .json: (.code, "json", "application/json")
    case .pdf: (.data, "pdf", "application/pdf")
    case .zip: (.data, "zip", "application/zip")
    case .npy: (.data, "npy", "application/x-npy")
    case .npz: (.data, "npz", "application/x-npz")
    case .safetensors: (.data, "safetensors", "application/x-safetensors")
    case .unknown: (.data, "bin", "application/octet-stream")
    }
  }
}
