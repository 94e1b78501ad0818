import Foundations
import Model

/// A run's folder that is being put together out of sight, and then is there whole or not at all.
///
/// It bears a hidden name beside the runs and is locked; one that a dead process left is removed by
/// who assembles the same run next.
final class RunAssembly {
  let folder: Folder
  private let id: RunID
  private let name: FileName
  private let runs: ConfinedFolder
  private var isPublished = false

  private init(_ id: RunID, _ name: FileName, _ folder: Folder, _ runs: ConfinedFolder) {
    self.id = id
    self.name = name
    self.folder = folder
    self.runs = runs
  }

  /// Lets the lock go, and removes a folder that was not published; to be called once.
  ///
  /// Not left to `deinit`, whose moment is nobody's to say: who locks the run next would wait for it.
  func end() {
    if !isPublished { try? runs.removeTree(RelativePath(name)) }
    folder.unlock()
  }

  /// Begins a folder; waits for another process that assembles the same run.
  static func begin(_ id: RunID, in runs: ConfinedFolder) throws -> RunAssembly {
    guard let name = FileName(text: ".new-\(id)") else {
      preconditionFailure("a sign before an id is a name")
    }
    for _ in 0..<100 {
      guard let folder = try locked(name, in: runs) else { continue }
      let assembly = RunAssembly(id, name, folder, runs)
      try assembly.empty()
      return assembly
    }
    throw FileFailure(.fileBusy, "run \(id) is assembled again and again")
  }

  /// Removes whatever lies in it: with the lock in hand, it was left by the dead.
  private func empty() throws {
    do {
      for entry in try FolderEntries(of: folder) {
        try runs.removeTree(RelativePath(name).appending(entry.name))
      }
    } catch {
      folder.unlock()
      throw error
    }
  }

  /// The folder of a name, made and locked; nil where another took it away meanwhile.
  private static func locked(_ name: FileName, in runs: ConfinedFolder) throws -> Folder? {
    _ = try runs.root.makeFolderIfMissing(name, durability: .relaxed, followLinks: false)
    let folder = try runs.folder(RelativePath(name))
    try folder.lock()
    if let shown = try runs.root.find(name), shown.isSameFile(as: folder.status) { return folder }
    folder.unlock()
    return nil
  }

  /// Shows the folder under the run's id; `run.exists` where one stands there.
  func publish(durability: Durability) throws {
    if durability == .durable { try folder.sync() }
    guard try runs.root.moveNew(name, to: FileName(id), in: runs.root) else {
      throw RunStorage.exists(id)
    }
    isPublished = true
    if durability == .durable { try runs.root.sync() }
  }
}
