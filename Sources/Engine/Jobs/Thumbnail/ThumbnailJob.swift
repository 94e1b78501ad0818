import Blobs
import Foundations
import Jobs
import Library
import Media
import MediaOutput
import Model
import Sight
import Sniffing

/// `thumbnail`: the picture that stands for a picture or a film, in `derived/thumbnails`.
///
/// It lies under the content's name, so that one content has one of each size, and may be deleted
/// at any time: who asks for it again gets it made again.
struct ThumbnailJob: OfferedJob {
  private static let sizes = 16...2_048
  private static let usualSize = 320
  private static let codec = "webp_80"

  let open: OpenLibrary

  private var library: MediaLibrary { open.library }

  var name: String { "thumbnail" }
  var members: [String] { ["asset_id", "size"] }
  var kinds: [JobKind] { [JobKind(name) { try run($0) }] }

  func plan(_ input: JobInput) throws -> PlannedJob {
    let asset = try open.asset(named: input.text("asset_id"))
    let size = try input.whole("size", Self.sizes) ?? Self.usualSize
    guard [.image, .video].contains(asset.facts.kind) else { throw Self.unfit(asset) }
    var job = NewJob(
      kind: name, input: ["asset_id": .string(asset.id.text), "size": .int(size)])
    job.cacheKey = "\(name) 1 \(asset.blob) \(size)"
    let isThere = FileStatus.ifPresent(path(of: asset.blob, size)) != nil
    return PlannedJob(job: job, isFresh: !isThere)
  }

  private func run(_ context: JobContext) throws -> JobOutcome {
    guard let id = context.input["asset_id"]?.string, let size = context.input["size"]?.int else {
      throw JobEngineFailure(.jobBadInput, "the input of \(name) lacks what it was planned with")
    }
    let asset = try library.asset(AssetID(id))
    guard [.image, .video].contains(asset.facts.kind) else { throw Self.unfit(asset) }
    let path = path(of: asset.blob, size)
    _ = try Folder.make(path.parent, durability: .relaxed)
    context.stage("decoding")
    let source = try source(of: asset, context)
    let frame = try Poster.take(
      source, within: size, orientation: orientation(of: asset), stop: context.stop)
    context.stage("encoding")
    var settings = ImageSaveSettings()
    settings.codec = try ImageCodec(key: Self.codec)
    settings.isStrict = true
    let writer = PictureWriter(settings, log: context.log, stop: context.stop)
    let written = try writer.write(OnePicture(frame), to: path)
    context.log.info("written", ["path": .string(path.text), "size_bytes": .int(written.size)])
    return .completed([
      "asset_id": .string(asset.id.text), "path": .string(path.text),
      "width": .int(orNull: written.width), "height": .int(orNull: written.height),
      "size_bytes": .int(written.size),
    ])
  }

  /// Spread over 256 folders, as the content is.
  private func path(of blob: BlobID, _ size: Int) -> FilePath {
    let digits = blob.description
    return library.folder.path(of: .derived).appending("thumbnails")
      .appending(String(digits.prefix(2))).appending("\(digits)-\(size).webp")
  }

  private func source(of asset: Asset, _ context: JobContext) throws -> MediaSource {
    if let path = library.blobs.localPath(of: asset.blob) { return .file(path) }
    // Where the content is no file of this machine, the job's own folder holds one for as long.
    let copy = try context.scratch.appending("content")
    try library.blobs.materialise(
      asset.blob, as: Destination(copy), ways: [.copy], durability: .relaxed, stop: context.stop)
    return .file(copy)
  }

  /// A photograph's own notes, which libav does not tell; a film's container does.
  private func orientation(of asset: Asset) -> Orientation? {
    guard asset.facts.kind == .image, let rotation = asset.facts.rotation else { return nil }
    return Orientation(rotation: rotation)
  }

  private static func unfit(_ asset: Asset) -> MediaFailure {
    MediaFailure(
      .noStream,
      "asset \(asset.id) (\(asset.name)) is \(asset.facts.kind.rawValue), and has no picture that stands for it",
      hint: "thumbnails are made of pictures and films")
  }
}
