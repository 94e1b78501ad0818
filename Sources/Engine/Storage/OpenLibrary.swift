import Blobs
package import Foundations
package import Library
import Model
package import Runs
package import Stores

/// A library that is open, with all its parts, as the configuration has it.
///
/// One for each process and library. `close` it at the end: the last writes are under way until
/// then.
package final class OpenLibrary: Sendable {
  /// What happens where no library is.
  package enum Absence: Sendable {
    /// One is made: for what brings things in.
    case makes
    /// `library.absent`: for what looks for things.
    case refuses
  }

  package let library: MediaLibrary
  package let runs: RunStorage
  package let catalogue: SQLiteCatalogue

  /// Opens the library that the configuration names.
  package static func open(
    _ configuration: Configuration, _ absence: Absence, stop: StopFlag? = nil
  ) throws -> OpenLibrary {
    let named = try LibraryFolder.open(
      configuration[MediarySettings.home], creates: absence == .makes)
    // Whole, so that the paths in answers lead there from anywhere.
    let path = try named.path.resolved()
    let folder = try LibraryFolder.open(path, creates: false)
    try requireCatalogue(folder)
    var options = SQLiteCatalogue.Options()
    options.durability = configuration[MediarySettings.durability]
    let catalogue = try SQLiteCatalogue.open(in: path, options: options, stop: stop)
    do {
      return try OpenLibrary(folder, catalogue, configuration)
    } catch {
      catalogue.finish()
      throw error
    }
  }

  /// A library over a catalogue that is open already, such as one that is being rebuilt.
  package init(
    _ folder: LibraryFolder, _ catalogue: SQLiteCatalogue, _ configuration: Configuration
  ) throws {
    self.catalogue = catalogue
    let blobs = try DiskBlobStore(in: folder.path)
    let library = MediaLibrary(
      folder, blobs: blobs, catalogue: catalogue, settings: Self.settings(configuration))
    self.library = library
    var options = RunStorage.Options()
    options.files = configuration[MediarySettings.runFiles]
    options.durability = configuration[MediarySettings.durability]
    runs = try RunStorage(
      in: folder.path, blobs: blobs, catalogue: catalogue,
      ids: IDMaker(time: SystemTime(), random: SystemRandom()), options: options
    ) { file, name in
      // A run's outputs were generated, and their names in the run say less than nothing to others.
      try library.intake.prepare(file: file, AssetDetails(name: name, source: .generated)).new
    }
  }

  /// Waits for writes under way, and closes.
  package func close() { catalogue.finish() }

  /// A lost catalogue is told of, and not begun anew over all that it was about.
  private static func requireCatalogue(_ folder: LibraryFolder) throws {
    // In this order: who makes a library makes its catalogue before anything comes in.
    let hasContent = try [LibraryFolder.Place.blobs, .journal, .runs, .archive].contains {
      try !FolderEntries(of: .open(folder.path(of: $0))).isEmpty
    }
    guard hasContent, try FileStatus.find(folder.database) == nil else { return }
    throw LibraryFailure(
      .libraryIndexMissing, "\(folder.database) is missing, and the library is not empty",
      hint: "`mediary library rebuild` makes it again from the content, the runs and the journal")
  }

  private static func settings(_ configuration: Configuration) -> LibrarySettings {
    var settings = LibrarySettings()
    settings.quota = configuration[MediarySettings.quota]?.bytes
    settings.userQuota = configuration[MediarySettings.userQuota]?.bytes
    settings.largestContent = configuration[MediarySettings.largestContent]?.bytes
    settings.looking = configuration[MediarySettings.likeness]
    settings.durability = configuration[MediarySettings.durability]
    settings.grace = configuration[MediarySettings.sweepGrace]
    return settings
  }
}
