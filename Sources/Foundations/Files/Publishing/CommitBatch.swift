/// The files that a `CommitGroup` makes durable at once.
///
/// The order of the steps is what saves the time. All contents are on their way to the disk before
/// the first is waited for; they are waited for side by side, so that the file system commits its
/// journal and the disk empties its cache once for many; and each folder is flushed once, side by
/// side too.
struct CommitBatch {
  /// A folder for good, however it was opened.
  private struct FolderIdentity: Hashable {
    let device: UInt64
    let inode: UInt64

    init(_ folder: Folder) {
      device = folder.status.device
      inode = folder.status.inode
    }
  }

  private let requests: [CommitRequest]

  init(_ requests: [CommitRequest]) { self.requests = requests }

  /// Publishes the files; each request then knows how it went.
  func commit(with crew: ThreadCrew) {
    for request in requests { request.startWriteback() }
    crew.perform(requests.count) { [requests] in requests[$0].flush() }
    for request in requests { request.rename() }
    var flushes: [FolderIdentity: (folder: Folder, requests: [CommitRequest])] = [:]
    for request in requests where request.isPublished {
      for folder in request.folders {
        flushes[FolderIdentity(folder), default: (folder, [])].requests.append(request)
      }
    }
    guard !flushes.isEmpty else { return }
    crew.perform(flushes.count) { [flushes = Array(flushes.values)] in
      Self.flush(flushes[$0].folder, for: flushes[$0].requests)
    }
  }

  private static func flush(_ folder: Folder, for requests: [CommitRequest]) {
    do {
      try folder.sync()
    } catch {
      for request in requests { request.fail(StagedFile.notDurable(request.target.path, error)) }
    }
  }
}

extension CommitRequest {
  fileprivate var isPublished: Bool {
    if case .success = outcome { true } else { false }
  }
}
