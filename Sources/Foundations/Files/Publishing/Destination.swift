/// Where a file is to be published: an open folder and the name in it.
package struct Destination: Sendable {
  /// The folder that is to hold it.
  package let folder: Folder
  /// Its name there.
  package let name: FileName

  /// A name in an open folder.
  package init(folder: Folder, name: FileName) {
    self.folder = folder
    self.name = name
  }

  /// A path whose folder is there.
  package init(_ path: FilePath) throws(FileFailure) {
    guard let name = path.fileName else {
      throw FileFailure(.nameUnsafe, "\(path) does not name a file")
    }
    self.init(folder: try .open(path.parent), name: name)
  }

  /// The whole path, for messages.
  package var path: FilePath { folder.path(of: name) }
}
