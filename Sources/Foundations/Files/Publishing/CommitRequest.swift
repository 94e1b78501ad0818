import Synchronization

/// One staged file on its way through a `CommitGroup`.
final class CommitRequest: Sendable {
  private struct State: ~Copyable {
    // Nil once it is published or given up.
    var file: StagedFile?
    var failure: FileFailure?
  }

  /// Where it is to be published.
  let target: Destination
  /// How large it was when it was handed in.
  let bytes: Int64
  /// The folders whose names are to be on the disk before it counts as published.
  let folders: [Folder]
  private let replacing: Bool
  // A value that cannot be copied travels between threads in a box. Nobody waits for this lock:
  // one thread at a time has to do with a request.
  private let state: Mutex<State>

  init(
    _ file: consuming StagedFile, as target: Destination, replacing: Bool,
    with foldersAbove: [Folder] = []
  ) {
    self.target = target
    folders = [target.folder] + foldersAbove
    self.replacing = replacing
    bytes = (try? file.file.status().size) ?? 0
    state = Mutex(State(file: file))
  }

  /// How it went, once it is carried out.
  var outcome: Result<Void, FileFailure> {
    state.withLock { $0.failure.map { .failure($0) } ?? .success(()) }
  }

  /// Starts writing the content to the disk.
  func startWriteback() {
    state.withLock { $0.file?.file.startWriteback() }
  }

  /// Waits until the content is on the disk; where that fails, the file is given up.
  func flush() {
    state.withLock { state in
      do throws(FileFailure) { try state.file?.flush() } catch { Self.giveUp(error, &state) }
    }
  }

  /// Gives the file its name, unless it has been given up.
  func rename() {
    state.withLock { state in
      do throws(FileFailure) {
        try state.file?.rename(to: target, replacing: replacing)
        state.file = nil
      } catch {
        Self.giveUp(error, &state)
      }
    }
  }

  /// Gives the file up, which removes it; the first failure stays.
  func fail(_ failure: FileFailure) {
    state.withLock { Self.giveUp(failure, &$0) }
  }

  private static func giveUp(_ failure: FileFailure, _ state: inout State) {
    state.file = nil
    if state.failure == nil { state.failure = failure }
  }
}
