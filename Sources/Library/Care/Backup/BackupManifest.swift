package import Foundations

/// The file `backup.json`, written last: a folder that has it is a whole backup.
package struct BackupManifest: Sendable, Equatable {
  static let fileName: FileName = "backup.json"
  private static let format = "mediary-backup"

  /// Which library was saved.
  package let library: String
  package let madeAt: String
  package let blobs: Int
  package let bytes: Int64
  /// Other files: of runs, the journal, the archive.
  package let files: Int

  /// Reads the manifest of a backup; `library.bad_backup` where there is none.
  package static func read(_ backup: FilePath) throws -> BackupManifest {
    let path = backup.appending(fileName)
    guard try FileStatus.find(path) != nil,
      let json = try? JSONReader.read(SmallFile.read(path, limit: 1 << 20)),
      json["format"]?.string == format, let library = json["library"]?.string
    else {
      throw LibraryFailure(
        .libraryBadBackup, "\(backup) is no whole backup of a library",
        hint: "name the folder that `mediary library backup` made; one cut short cannot be used")
    }
    return BackupManifest(
      library: library, madeAt: json["made_at"]?.string ?? "", blobs: json["blobs"]?.int ?? 0,
      bytes: Int64(json["bytes"]?.int ?? 0), files: json["files"]?.int ?? 0)
  }

  var json: JSONValue {
    [
      "format": .string(Self.format), "version": 1, "library": .string(library),
      "made_at": .string(madeAt), "blobs": .int(blobs), "bytes": .int(bytes),
      "files": .int(files),
    ]
  }
}
