import Synchronization

/// One staged file on its way through a `CommitGroup`.
final class CommitRequest: Sendable {
  /// Where it is to be published.
  let target: Destination
  /// How large it was when it was handed in.
  let bytes: Int64
  private let replacing: Bool
  // A value that cannot be copied travels between threads in a box. Nobody waits for this lock:
  // the publisher is done with it before the committer begins.
  private let file: Mutex<StagedFile?>

  init(_ file: consuming StagedFile, as target: Destination, replacing: Bool) {
    self.target = target
    self.replacing = replacing
    bytes = (try? file.file.status().size) ?? 0
    self.file = Mutex(file)
  }

  /// Lets go of the file, which removes it unless it is published.
  func drop() { file.withLock { $0 = nil } }

  /// Publishes all of them durably, and tells of each how it went; all are let go of.
  ///
  /// The order is what saves the time: all contents are on their way before the first is waited
  /// for, the first wait commits the file system's journal for all, and each folder is flushed once.
  static func commit(_ requests: [CommitRequest]) -> [Result<Void, FileFailure>] {
    for request in requests { request.startWriteback() }
    var outcomes = requests.map { request in
      Result { () throws(FileFailure) in try request.flush() }
    }
    for (index, request) in requests.enumerated() {
      if case .success = outcomes[index] {
        outcomes[index] = Result { () throws(FileFailure) in try request.rename() }
      }
      request.drop()
    }
    var folders: [Folder] = []
    for (request, outcome) in zip(requests, outcomes) {
      guard case .success = outcome, !folders.contains(where: request.lies) else { continue }
      folders.append(request.target.folder)
    }
    for folder in folders { flushNames(in: folder, of: requests, &outcomes) }
    return outcomes
  }

  private static func flushNames(
    in folder: Folder, of requests: [CommitRequest], _ outcomes: inout [Result<Void, FileFailure>]
  ) {
    do {
      try folder.sync()
    } catch {
      for (index, request) in requests.enumerated() where request.lies(in: folder) {
        guard case .success = outcomes[index] else { continue }
        outcomes[index] = .failure(StagedFile.notDurable(request.target.path, error))
      }
    }
  }

  private func lies(in folder: Folder) -> Bool {
    target.folder === folder || target.folder.status.isSameFile(as: folder.status)
  }

  private func startWriteback() {
    file.withLock { $0?.file.startWriteback() }
  }

  private func flush() throws(FileFailure) {
    try file.withLock { file throws(FileFailure) in try file?.flush() }
  }

  private func rename() throws(FileFailure) {
    try file.withLock { file throws(FileFailure) in
      try file?.rename(to: target, replacing: replacing)
    }
  }
}
