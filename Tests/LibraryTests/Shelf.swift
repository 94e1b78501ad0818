import Blobs
import Foundations
import Library
import Model
import Pictures
import Stores
import TestSupport

/// A library of a test's own on disk.
final class Shelf {
  let temporary: TemporaryFolder
  let path: FilePath
  let blobs: any BlobStore
  let catalogue: any CatalogueStore
  let library: MediaLibrary
  /// Ahead of the files' times, so that what was just written counts as settled.
  let clock: ManualTime

  init(
    settings: LibrarySettings = .forTests, in temporary: TemporaryFolder? = nil,
    onDisk: Bool = true, wrap: (any BlobStore) -> any BlobStore = { $0 }
  ) throws {
    self.temporary = try temporary ?? TemporaryFolder()
    path = FilePath(self.temporary("library"))
    clock = ManualTime(startingAt: SystemTime().now + .seconds(3_600))
    let folder = try LibraryFolder.open(path, creates: true)
    blobs = wrap(try DiskBlobStore(in: path))
    var options = SQLiteCatalogue.Options()
    options.durability = .relaxed
    catalogue =
      onDisk ? try SQLiteCatalogue.open(in: path, options: options) : InMemoryCatalogue()
    library = MediaLibrary(
      folder, blobs: blobs, catalogue: catalogue, settings: settings, clock: clock)
  }

  deinit { catalogue.finish() }

  /// Writes a file beside the library.
  @discardableResult
  func file(_ name: String, _ bytes: [UInt8]) throws -> FilePath {
    FilePath(try temporary.write(name, bytes))
  }

  /// The file that holds an asset's content.
  func content(_ asset: Asset) -> FilePath {
    blobs.localPath(of: asset.blob) ?? FilePath("")
  }
}

extension LibrarySettings {
  /// Without waits for the disk.
  static var forTests: LibrarySettings {
    var settings = LibrarySettings()
    settings.durability = .relaxed
    return settings
  }
}

/// Pictures of scenes, as files.
enum ScenePicture {
  static func jpeg(
    _ seed: UInt64, width: Int = 160, height: Int = 120, quality: Int = 85,
    cut: SyntheticScene.Cut = .init()
  ) throws -> [UInt8] {
    let bytes = SyntheticScene(seed: seed).bytes(width: width, height: height, cut: cut)
    return try JPEGEncoder.encode(
      bytes.span.bytes, width: width, height: height, stride: width, pixels: .gray,
      quality: quality)
  }
}

/// A store that counts what is read out of files.
final class CountingStore: BlobStore {
  let inner: any BlobStore
  let takes = Counter()

  init(_ inner: any BlobStore) { self.inner = inner }

  var features: BlobFeatures { inner.features }
  func beginIntake(_ options: IntakeOptions) throws -> any BlobIntake {
    try inner.beginIntake(options)
  }
  func take(_ file: FilePath, _ options: TakingOptions, stop: StopFlag?) throws -> any StagedBlob {
    takes.add()
    return try inner.take(file, options, stop: stop)
  }
  func open(_ id: BlobID) throws -> any BlobContent { try inner.open(id) }
  func find(_ id: BlobID) throws -> BlobStatus? { try inner.find(id) }
  func list(after id: BlobID?, atMost count: Int) throws -> [BlobStatus] {
    try inner.list(after: id, atMost: count)
  }
  func renew(_ id: BlobID) throws -> BlobStatus? { try inner.renew(id) }
  func delete(_ id: BlobID, unlessYoungerThan grace: Duration) throws -> BlobDeletion {
    try inner.delete(id, unlessYoungerThan: grace)
  }
  func verify(_ id: BlobID, quarantining: Bool, stop: StopFlag?) throws -> BlobVerdict {
    try inner.verify(id, quarantining: quarantining, stop: stop)
  }
  func localPath(of id: BlobID) -> FilePath? { inner.localPath(of: id) }
  func url(for id: BlobID, expiresAfter time: Duration) throws -> String? {
    try inner.url(for: id, expiresAfter: time)
  }
}
