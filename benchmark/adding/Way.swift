import Blobs
import Foundations
import Hashing
import Library
import Model
import Sniffing
import Stores

/// What adds, and how far it goes.
enum Way: String {
  /// Small files through the whole library: checked, hashed, stored, told apart, catalogued.
  case library
  /// The same assets into the catalogue alone.
  case catalogue
  /// Pictures with a prompt of twenty words into the catalogue alone.
  case prompts
  /// Files written and flushed one by one, and nothing else known of them.
  case files

  /// What adds one asset, over stores that are open.
  func open(_ settings: Settings) throws -> Adding {
    switch self {
    case .files: return try Adding.files(settings)
    case .library: return try Adding.library(settings)
    case .catalogue: return try Adding.catalogue(settings) { try SmallContent.asset($0) }
    case .prompts:
      let prompts = Prompts()
      return try Adding.catalogue(settings) { try prompts.asset($0) }
    }
  }
}

/// Adds the asset of a number; `finish` sees that all are there.
struct Adding: Sendable {
  let add: @Sendable (Int) throws -> Void
  let finish: @Sendable (Int) throws -> Void

  static func library(_ settings: Settings) throws -> Adding {
    let folder = try LibraryFolder.open(settings.folder, creates: true)
    let catalogue = try catalogue(settings.folder, settings)
    var library = LibrarySettings()
    library.durability = settings.durability
    let shelf = MediaLibrary(
      folder, blobs: try DiskBlobStore(in: settings.folder), catalogue: catalogue,
      settings: library)
    return Adding { number in
      let details = AssetDetails(name: "notes-\(number).bin", source: .uploaded)
      try shelf.intake.add(bytes: SmallContent.bytes(number), details)
    } finish: { count in
      try check(catalogue, count)
    }
  }

  static func catalogue(
    _ settings: Settings,
    _ asset: @escaping @Sendable (Int) throws -> (new: NewAsset, id: AssetID)
  ) throws -> Adding {
    let catalogue = try catalogue(settings.folder, settings)
    return Adding { number in
      let (new, id) = try asset(number)
      try catalogue.write { _ = try $0.addAsset(new, id: id) }
    } finish: { count in
      try check(catalogue, count)
    }
  }

  static func files(_ settings: Settings) throws -> Adding {
    let folder = try Folder.make(settings.folder.appending("files"))
    return Adding { number in
      guard let name = FileName(text: "file-\(number)") else { return }
      let staged = try StagedFile.create(in: folder)
      try staged.append(SmallContent.bytes(number))
      try staged.publish(
        as: Destination(folder: folder, name: name), durability: settings.durability)
    } finish: { _ in
    }
  }

  private static func catalogue(
    _ folder: FilePath, _ settings: Settings
  ) throws -> SQLiteCatalogue {
    var options = SQLiteCatalogue.Options()
    options.durability = settings.durability
    return try SQLiteCatalogue.open(in: folder, options: options)
  }

  private static func check(_ catalogue: SQLiteCatalogue, _ count: Int) throws {
    let found = try catalogue.read { try $0.statistics() }.assets.count
    guard found == count else { fatalError("\(found) of \(count) assets are there") }
    catalogue.finish()
  }
}
