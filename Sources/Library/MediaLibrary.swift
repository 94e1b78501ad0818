package import Blobs
package import Foundations
package import Model

/// Every asset once, how it came, how it was made, and which workflow it belongs to.
///
/// The parts are in the extensions beside this file: `intake` takes content in, `workflows` keeps
/// the graphs that make it, `finding` finds it again, `care` keeps it whole. All calls block and
/// belong on threads of our own. Nothing here knows SQL or HTTP; stores and clocks are handed in.
package final class MediaLibrary: Sendable {
  /// Where it lies.
  package let folder: LibraryFolder
  /// Its content.
  package let blobs: any BlobStore
  /// What is known of it.
  package let catalogue: any CatalogueStore
  /// What it is held to.
  package let settings: LibrarySettings
  /// Where time comes from.
  package let clock: any TimeSource
  let ids: IDMaker
  let likenesses = LikenessIndex()

  /// A library over open stores.
  package init(
    _ folder: LibraryFolder, blobs: any BlobStore, catalogue: any CatalogueStore,
    settings: LibrarySettings = LibrarySettings(), clock: any TimeSource = SystemTime(),
    random: any RandomSource = SystemRandom()
  ) {
    self.folder = folder
    self.blobs = blobs
    self.catalogue = catalogue
    self.settings = settings
    self.clock = clock
    ids = IDMaker(time: clock, random: random)
  }

  /// The asset of an id; `library.not_found` where there is none.
  package func asset(_ id: AssetID) throws -> Asset {
    guard let asset = try catalogue.read({ try $0.asset(id) }) else {
      throw ModelFailure(.modelNotFound, "there is no asset \(id)")
    }
    return asset
  }

  /// Changes what people say of an asset.
  @discardableResult
  package func change(_ id: AssetID, _ change: AssetChange) throws -> Asset {
    var change = change
    if let name = change.name { change.name = try AssetName.check(name) }
    let checked = change
    return try catalogue.write { try $0.changeAsset(id, checked) }
  }

  /// Moves an asset to the trash; refused while something refers to it, unless told.
  ///
  /// Its content stays until it is purged and swept, so that the trash can give it back.
  package func delete(_ id: AssetID, evenIfReferenced: Bool = false) throws {
    let now = clock.now
    try catalogue.write {
      try $0.deleteAsset(id, at: now, evenIfReferenced: evenIfReferenced)
    }
  }

  /// Brings an asset back from the trash.
  package func undelete(_ id: AssetID) throws {
    try catalogue.write { try $0.undeleteAsset(id) }
  }

  /// Adds or replaces one way that an asset was made.
  @discardableResult
  package func putGeneration(_ generation: Generation) throws -> Generation {
    guard let asset = generation.asset else {
      throw ModelFailure(.modelBadValue, "a generation belongs to an asset")
    }
    try catalogue.write { catalogue in
      // An id that means nothing is refused here, so that nothing hangs on what is not there.
      guard try catalogue.asset(asset) != nil else {
        throw ModelFailure(.modelNotFound, "there is no asset \(asset)")
      }
      try catalogue.putGeneration(generation)
    }
    return generation
  }

  /// A new id for a generation.
  package func newGenerationID() -> GenerationID { GenerationID(ids.uuid()) }
}
