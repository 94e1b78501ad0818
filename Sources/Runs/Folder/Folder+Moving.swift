import Foundations
import Glibc

extension Folder {
  /// Moves an entry to where nothing stands; false where something does.
  func moveNew(
    _ name: FileName, to newName: FileName, in target: Folder
  ) throws(FileFailure) -> Bool {
    do {
      try rename(name, to: newName, in: target, replacing: false)
      return true
    } catch let error where error.code == .fileExists || error.code == .folderNotEmpty {
      return false
    }
  }

  /// Makes a folder in it; false where something of that name stands.
  func makeNew(_ name: FileName) throws(FileFailure) -> Bool {
    do {
      try makeFolder(name)
      return true
    } catch let error where error.code == .fileExists {
      return false
    }
  }

  /// Opens a folder in it by way of its confinement; nil where it is not there.
  static func find(_ name: FileName, in parent: ConfinedFolder) throws(FileFailure) -> Folder? {
    do {
      return try parent.folder(RelativePath(name))
    } catch let error where error.code == .fileNotFound || error.errno == EXDEV {
      // The kernel says the second of a folder that is moved out of its parent while it is opened:
      // one name alone leads elsewhere in no other way, but for a link, of which it says ELOOP.
      return nil
    }
  }
}
