package import Blobs
package import Foundations
package import Model
import Synchronization

/// Runs as folders that explain themselves: `runs/<run_id>/` with metadata.json and all files.
///
/// The folder is the truth, and the catalogue's rows follow it. Any number of threads and processes
/// may add to one run at once: each change is made under the folder's lock, and changes that come
/// while one is being written are written together. Files come in this order: blob, run file,
/// metadata.json, catalogue; what a crash leaves in between is brought right by the next change or
/// by `reconcile`. All calls block and belong on threads of our own.
package final class RunStorage: Sendable {
  /// How a storage works.
  package struct Options: Sendable {
    /// How run files share their content with the blobs.
    package var files = RunFiles.auto
    /// Whether a change survives a power cut once it is answered.
    package var durability = Durability.durable
    /// Where time comes from.
    package var clock: any TimeSource = SystemTime()

    /// Durable, as cheap as the file system can.
    package init() {}
  }

  /// Takes a file of a run or an older layout in as content: blob committed, facts known.
  package typealias Intake = @Sendable (_ file: FilePath, _ name: String) throws -> NewAsset

  let library: FilePath
  let runs: ConfinedFolder
  let staging: Folder
  let blobs: any BlobStore
  let catalogue: any CatalogueStore
  let ids: IDMaker
  let takeIn: Intake
  let options: Options
  let turns = RunTurns()
  let cache = RunCache()
  // Whether the disk was found to share no blocks: not to be tried for each file.
  let cannotShare = Atomic<Bool>(false)
  // Made with the first durable change, because it costs threads.
  private let group = Mutex<CommitGroup?>(nil)

  /// Opens the runs of a library's folder, making what is missing.
  package init(
    in library: FilePath, blobs: any BlobStore, catalogue: any CatalogueStore, ids: IDMaker,
    options: Options = Options(), intake: @escaping Intake
  ) throws {
    self.library = library
    self.blobs = blobs
    self.catalogue = catalogue
    self.ids = ids
    self.options = options
    takeIn = intake
    runs = ConfinedFolder(try Folder.make(library.appending("runs")))
    staging = try Folder.make(library.appending("staging"))
  }

  /// The group that makes changes of different runs durable together.
  func commitGroup() throws -> CommitGroup {
    try group.withLock { group in
      if let group { return group }
      let made = try CommitGroup()
      group = made
      return made
    }
  }

  /// The present moment, as a file can say it.
  var now: Timestamp { options.clock.now.inMilliseconds }
}
