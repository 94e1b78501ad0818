import Foundations
import Synchronization

/// Where a job works: its scratch folder, made once it is needed.
final class JobDesk: Sendable {
  private let folders: ScratchFolders
  private let purpose: String
  private let made = Mutex<ScratchFolder?>(nil)

  init(_ folders: ScratchFolders, kind: String) {
    self.folders = folders
    purpose = String(
      kind.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  func scratchFolder() throws -> ScratchFolder {
    try made.withLock { made in
      if let made { return made }
      _ = try Folder.make(folders.root, durability: .relaxed)
      let folder = try folders.make(for: purpose)
      made = folder
      return folder
    }
  }

  /// Removes the folder, or leaves it to the sweep; tells where it is left.
  func clear(keeping: Bool) throws -> FilePath? {
    guard let folder = made.withLock({ $0.take() }) else { return nil }
    guard keeping else {
      folder.remove()
      return nil
    }
    try folder.keep()
    return folder.path
  }
}
