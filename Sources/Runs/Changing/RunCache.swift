import Foundations
import Model
import Synchronization

/// What the runs that were changed last say, so that their metadata is not read for each change.
///
/// What is remembered holds as long as the very file is there that it was written to. The file is
/// kept open, so that no other can have its number; it is never written to, only replaced.
final class RunCache: Sendable {
  /// What is remembered of a run.
  struct Entry: Sendable {
    let document: RunDocument
    let names: TakenNames
    let catalogued: Int
    let metadata: FileStatus
    let folder: FileStatus
    let held: HeldFile
  }

  /// An open file.
  final class HeldFile: Sendable {
    private let file: FileDescriptor
    init(_ file: consuming FileDescriptor) { self.file = file }
  }

  private static let most = 32

  private struct State {
    var entries: [RunID: Entry] = [:]
    // The last used is the last.
    var order: [RunID] = []
  }

  private let state = Mutex(State())

  func find(_ id: RunID) -> Entry? {
    state.withLock { state in
      guard let entry = state.entries[id] else { return nil }
      state.order.removeAll { $0 == id }
      state.order.append(id)
      return entry
    }
  }

  func keep(_ id: RunID, _ entry: Entry) {
    state.withLock { state in
      state.entries[id] = entry
      state.order.removeAll { $0 == id }
      state.order.append(id)
      if state.order.count > Self.most { state.entries[state.order.removeFirst()] = nil }
    }
  }

  func forget(_ id: RunID) {
    state.withLock { state in
      state.entries[id] = nil
      state.order.removeAll { $0 == id }
    }
  }
}
