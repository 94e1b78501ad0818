package import Foundations
import Hashing
import Media
import Pictures

/// Writes one picture, or a batch as a grid: encoded, checked, then published whole.
package struct PictureWriter: Sendable {
  private let settings: ImageSaveSettings
  private let log: Logger
  private let stop: StopFlag

  /// A writer with its settings.
  package init(
    _ settings: ImageSaveSettings, log: Logger = .silent, stop: StopFlag = StopFlag()
  ) {
    self.settings = settings
    self.log = log
    self.stop = stop
  }

  /// Where a picture of so many channels would be written, and as what.
  ///
  /// RGBA goes to PNG where the codec has no alpha channel.
  package func plan(
    _ asked: FilePath?, hasAlpha: Bool
  ) throws -> (path: FilePath, codec: ImageCodec, notes: [String]) {
    var codec = settings.codec
    var notes: [String] = []
    if hasAlpha, !codec.holdsAlpha {
      guard !settings.isStrict else {
        throw MediaOutputFailure(
          .outputUnfitting, "\(codec) cannot keep the picture's alpha channel",
          hint: "use png, webp_N, webp_lossless, jxl_N or exr")
      }
      notes.append("\(codec) cannot keep an alpha channel; written as png")
      codec = .png
    }
    let path = try OutputPath.resolve(
      asked, fitting: codec.extensions, preferred: codec.extensions[0],
      temporaryFolder: settings.temporaryFolder, isStrict: settings.isStrict)
    return (path, codec, notes + OutputPath.notes(asked, path, "\(codec)"))
  }

  /// Writes the first frame of a source; keeps gray pictures gray where `keepsGray`.
  package func write(
    _ source: any FrameSource, to asked: FilePath?, keepsGray: Bool = false
  ) throws -> WrittenFile {
    var wish = FrameWish(pixels: settings.pixels)
    wish.colour = .sRGB
    wish.keepsGray = keepsGray
    switch settings.codec.family {
    case .png(bits: 16): wish.isDeep = true
    case .exr:
      wish.keepsFloats = true
      wish.colour = .rgb
    default: break
    }
    guard let frame = try source.next(wish) else {
      throw MediaOutputFailure(.outputEmpty, "there is no picture to write")
    }
    let (path, codec, notes) = try plan(asked, hasAlpha: frame.format.hasAlpha)
    try OutputPath.check(path)
    Leftovers.sweep(beside: path)
    let bytes = try StillEncoder(codec, stop: stop).encode(frame)
    try check(bytes, codec, frame.form, path)
    var written = WrittenFile(
      path: path, codec: codec.description, width: frame.width, height: frame.height,
      pixelFormat: frame.format.name, size: Int64(bytes.count), sha256: "", notes: notes)
    try Attempts.run(settings.attempts, of: "write_image", for: path, log: log, stop: stop) {
      try publish(bytes, &written)
    }
    return written
  }

  private func publish(_ bytes: [UInt8], _ written: inout WrittenFile) throws {
    guard let metadata = settings.metadata else {
      written.sha256 = SHA256.hash(bytes).description
      return try AtomicFile.replace(written.path, with: bytes)
    }
    let staged = try StagedFile.create(beside: written.path)
    try staged.append(bytes)
    let told = try metadata.embed(in: staged.path, stop: stop)
    let file = try FileDescriptor.open(staged.path, 0)
    written.sha256 = try SHA256.hash(file, stop: stop).description
    written.size = try file.status().size
    try staged.publish(as: written.path, replacing: true)
    try metadata.finish(told, &written)
  }

  /// Reads the picture's head as anybody else would.
  private func check(
    _ bytes: [UInt8], _ codec: ImageCodec, _ form: PictureForm, _ path: FilePath
  ) throws {
    let size: (width: Int, height: Int)?
    switch codec.family {
    case .jpeg, .png, .webp, .webpLossless:
      size = PictureHead(of: bytes).map { ($0.width, $0.height) }
    // libav 5.1 has no reader for bare JPEG XL of every make.
    case .jxl: return
    case .avif, .exr:
      let demuxer = try Demuxer.open(
        .memory(bytes, name: "picture.\(codec.extensions[0])"), stop: stop)
      size = demuxer.streams.first?.video.map { ($0.width, $0.height) }
    }
    guard let size, size == (form.width, form.height) else {
      throw MediaOutputFailure(
        .outputCheckFailed, "\(path) did not come out as a picture of \(form.width)x\(form.height)")
    }
  }
}
