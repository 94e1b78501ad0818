import Blobs
import Foundations
import Media
import Model
import Pictures
import Sight
import Sniffing

/// Reads what the bytes of a content say of themselves.
struct FactsReader {
  /// Pictures up to here are read whole for their head; larger ones are probed.
  private static let smallPicture: Int64 = 32 << 20

  let blobs: any BlobStore
  let work: FilePath
  let looks: Bool

  /// The facts of a blob; what cannot be read is marked so.
  func facts(
    of blob: BlobID, size: Int64, type: ContentType, name: String, stop: StopFlag
  ) throws -> AssetFacts {
    var facts = AssetFacts(
      kind: type.kind, format: type.fileExtension, mimeType: type.mimeType)
    let isMedia = [.image, .video, .audio].contains(type.kind)
    guard isMedia || type == .unknown && ContentCheck.claimsMedia(name, nil) else { return facts }
    if type == .svg { return facts }
    try LocalBlob.with(blob, in: blobs, work: work, stop: stop) { path in
      if try !readHead(of: blob, size, type, &facts) { try probe(path, &facts, stop) }
      if looks, facts.isReadable, facts.kind != .audio {
        facts.likeness = try Self.likeness(of: path, stop)
      }
    }
    return facts
  }

  /// What it looks like; nil where that cannot be told.
  static func likeness(of path: FilePath, _ stop: StopFlag) throws -> Likeness? {
    do {
      return try Sight.likeness(of: .file(path), stop: stop).map {
        Likeness(bits: $0.whole, inner: $0.middle)
      }
    } catch is MediaFailure {
      try stop.check()
      return nil
    }
  }

  /// A quick look at common pictures; false where it does not do.
  private func readHead(
    of blob: BlobID, _ size: Int64, _ type: ContentType, _ facts: inout AssetFacts
  ) throws -> Bool {
    let codecs: [ContentType: String] = [
      .png: "png", .apng: "apng", .jpeg: "mjpeg", .webp: "webp", .gif: "gif",
    ]
    guard let codec = codecs[type], size <= Self.smallPicture else { return false }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(size))
    try blobs.open(blob).read { bytes += $0 }
    guard let head = PictureHead(of: bytes), head.width > 0, head.height > 0 else { return false }
    let rotation = type == .jpeg ? PictureRotation.degrees(ofJPEG: bytes) : 0
    let isTurned = rotation % 180 == 90
    facts.width = isTurned ? head.height : head.width
    facts.height = isTurned ? head.width : head.height
    facts.rotation = rotation == 0 ? nil : rotation
    facts.codec = codec
    return true
  }

  private func probe(_ path: FilePath, _ facts: inout AssetFacts, _ stop: StopFlag) throws {
    do {
      facts.take(try MediaProbe.examine(.file(path), stop: stop))
    } catch {
      try stop.check()
      facts.isReadable = false
    }
  }
}

extension AssetFacts {
  /// Takes over what a probe found.
  fileprivate mutating func take(_ report: MediaReport) {
    switch report.kind {
    case .video: kind = .video
    case .audio: kind = .audio
    case .picture: kind = .image
    case .subtitle, .data: break
    }
    if kind != .image {
      durationSeconds = report.duration.map { $0 / .seconds(1) }
      bitrate = report.bitrate
    }
    if kind != .audio, let stream = report.mainVideo, let video = stream.video {
      let size = video.displaySize
      (width, height) = (size.width, size.height)
      codec = stream.codec
      if kind == .video { frameRate = video.frameRate?.reduced }
      let turned = video.orientation.rotation
      rotation = turned == 0 ? nil : turned
      dynamicRange = Self.dynamicRange(of: video)
    }
    guard let stream = report.audio.first else { return }
    audioCodec = stream.codec
    channels = stream.audio?.layout.channels
    sampleRate = stream.audio?.sampleRate
    if kind == .audio { codec = stream.codec }
  }

  private static func dynamicRange(of video: VideoDescription) -> String? {
    if video.dolbyVision != nil { return "Dolby Vision" }
    if video.hasHDR10Plus == true { return "HDR10+" }
    if video.colour.isPQ { return "HDR10" }
    return video.colour.isHLG ? "HLG" : nil
  }
}
