import Foundations
import Model
import Stores
import Synchronization

/// What a test's library has its catalogue in.
enum Backend: String, CaseIterable, Sendable {
  case memory, sqlite
}

/// The catalogue of a test's library, which can fail and be lost.
final class TestStore: CatalogueStore {
  private struct State {
    var inner: any CatalogueStore
    var failure: (any Error)?
    var writes = 0
  }

  /// What is known of the changes where the catalogue is in memory.
  let memory: TestCatalogue?
  private let folder: FilePath
  private let state: Mutex<State>

  init(_ backend: Backend, in folder: FilePath) throws {
    self.folder = folder
    let memory = backend == .memory ? TestCatalogue() : nil
    self.memory = memory
    state = Mutex(State(inner: try memory ?? Self.open(folder)))
  }

  private static func open(_ folder: FilePath) throws -> any CatalogueStore {
    var options = SQLiteCatalogue.Options()
    // What is tried here is the runs' part.
    options.durability = .relaxed
    return try SQLiteCatalogue.open(in: folder, options: options)
  }

  /// How many writes went through.
  var writes: Int { state.withLock { $0.writes } }

  /// Fails every write from now on; none with nil.
  func fail(_ failure: (any Error)?) { state.withLock { $0.failure = failure } }

  /// Loses all, as when its files are deleted.
  func clear() throws {
    guard memory == nil else {
      memory?.clear()
      return
    }
    try state.withLock { state in
      state.inner.finish()
      let root = try Folder.open(folder)
      for entry in try FolderEntries(of: root) where entry.name.text.hasPrefix("mediary.") {
        try root.removeFile(entry.name)
      }
      try ConfinedFolder(root).removeTree(RelativePath(FileName("journal")))
      state.inner = try Self.open(folder)
    }
  }

  func write<R: Sendable>(
    _ body: @escaping @Sendable (any CatalogueTransaction) throws -> R
  ) throws -> R {
    let inner = try state.withLock { state in
      if let failure = state.failure { throw failure }
      return state.inner
    }
    let result = try inner.write(body)
    state.withLock { $0.writes += 1 }
    return result
  }

  func read<R>(stop: StopFlag?, _ body: (any CatalogueReading) throws -> R) throws -> R {
    try state.withLock { $0.inner }.read(stop: stop, body)
  }

  func problems(stop: StopFlag?) throws -> [String] {
    try state.withLock { $0.inner }.problems(stop: stop)
  }
  func backUp(to path: FilePath, progress: ProgressSink, stop: StopFlag?) throws {}
  func finish() { state.withLock { $0.inner }.finish() }
}
