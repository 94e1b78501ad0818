import Foundations
import Model

/// Where a run is.
enum RunPlace: Sendable {
  /// In `runs/`.
  case live
  /// In `trash/runs/`, as a folder.
  case trashed
  /// In `archive/`, as a ZIP.
  case archived(FilePath)
}

extension FileName {
  /// The name of a run's folder: its id, which can lead nowhere.
  init(_ id: RunID) {
    guard let name = FileName(text: id.text) else { preconditionFailure("an id is a name") }
    self = name
  }

  static let metadata: FileName = "metadata.json"
  static let inputText: FileName = "input_text.txt"
  static let transformedText: FileName = "transformed_text.txt"
}

extension RunStorage {
  // So often a run is moved while it is looked for, or somebody plays with us.
  static let attempts = 100

  static func restless(_ id: RunID) -> FileFailure {
    FileFailure(.fileBusy, "run \(id) is moved again and again")
  }

  /// The folder of runs in the trash.
  func trash() throws -> ConfinedFolder {
    ConfinedFolder(try Folder.make(library.appending("trash").appending("runs")))
  }

  /// Where a run is, without making any folder; nil where it is nowhere.
  func place(of id: RunID) throws -> RunPlace? {
    let name = FileName(id)
    if try runs.root.find(name) != nil { return .live }
    let trash = try Self.opened(library.appending("trash").appending("runs"))
    if try trash?.find(name) != nil { return .trashed }
    if let path = try archived(id) { return .archived(path) }
    // It may have come back from there while it was looked for here.
    return try runs.root.find(name) != nil ? .live : nil
  }

  /// Opens a folder; nil where it is not there.
  static func opened(_ path: FilePath) throws(FileFailure) -> Folder? {
    do {
      return try Folder.open(path)
    } catch let error where error.code == .fileNotFound {
      return nil
    }
  }

  /// The failure that a run which is not live is.
  func absence(of id: RunID) throws -> RunFailure {
    switch try place(of: id) {
    case .trashed:
      RunFailure(.runDeleted, "run \(id) is in the trash", hint: "undelete it first")
    case .archived(let path):
      RunFailure(.runArchived, "run \(id) lies in \(path)", hint: "unarchive it first")
    case .live, nil: .notFound(id)
    }
  }

  /// Opens a live run's folder, an opening of its own for each caller.
  func folder(_ id: RunID) throws -> Folder { try folder(id, in: runs) }

  private func folder(_ id: RunID, in parent: ConfinedFolder) throws -> Folder {
    for _ in 0..<Self.attempts {
      if let folder = try Folder.find(FileName(id), in: parent) { return folder }
      // Else it was taken away and brought back between two looks.
      guard try parent.root.find(FileName(id)) != nil else { throw try absence(of: id) }
    }
    throw Self.restless(id)
  }

  /// Works in a run's folder while no other thread or process changes it.
  func locked<R>(
    _ id: RunID, in parent: ConfinedFolder? = nil, _ body: (Folder) throws -> R
  ) throws -> R {
    let parent = parent ?? runs
    for _ in 0..<Self.attempts {
      let folder = try folder(id, in: parent)
      try folder.lock()
      defer { folder.unlock() }
      // While the lock was waited for, the run may have been moved away, and another put there.
      if let shown = try parent.root.find(FileName(id)), shown.isSameFile(as: folder.status) {
        return try body(folder)
      }
    }
    throw Self.restless(id)
  }
}
