import Foundations

/// The file `mediary.json`, by which a folder is known to be a library.
package struct LibraryMark: Sendable, Equatable {
  /// The layout of the folder that this program writes.
  package static let version = 1
  static let fileName: FileName = "mediary.json"
  private static let format = "mediary-library"

  /// Tells libraries apart, wherever they are moved.
  package let id: String
  /// The layout of the folder.
  package let version: Int
  package let createdAt: String

  /// The mark of a new library.
  init(id: String, createdAt: Timestamp) {
    self.id = id
    version = Self.version
    self.createdAt = createdAt.description
  }

  /// Reads the mark of a folder; nil where it has none.
  static func read(in folder: Folder) throws -> LibraryMark? {
    guard try folder.find(fileName) != nil else { return nil }
    let place = folder.path(of: fileName)
    let bytes = try SmallFile.read(place, limit: 64 << 10)
    guard let value = try? JSONReader.read(bytes), value["format"]?.string == format,
      let version = value["version"]?.int, let id = value["id"]?.string
    else {
      throw LibraryFailure(
        .libraryForeign, "\(place) is not the mark of a library",
        hint: "name another folder, or put the file aside")
    }
    guard version <= self.version else {
      throw LibraryFailure(
        .libraryNewer, "\(folder.path) is a library of version \(version)",
        hint: "use the newer program that made it")
    }
    return LibraryMark(
      id: id, version: version, createdAt: value["created_at"]?.string ?? "")
  }

  private init(id: String, version: Int, createdAt: String) {
    self.id = id
    self.version = version
    self.createdAt = createdAt
  }

  /// The mark as it is written.
  var json: JSONValue {
    [
      "format": .string(Self.format), "version": .int(version), "id": .string(id),
      "created_at": .string(createdAt),
    ]
  }
}
