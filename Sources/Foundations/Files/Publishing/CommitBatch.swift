/// The files that a `CommitGroup` makes durable at once.
///
/// The order of the steps is what saves the time. All contents are on their way to the disk before
/// the first is waited for; they are waited for side by side, so that the file system commits its
/// journal and the disk empties its cache once for many; and each folder is flushed once.
struct CommitBatch {
  private let requests: [CommitRequest]

  init(_ requests: [CommitRequest]) { self.requests = requests }

  /// Publishes the files; each request then knows how it went.
  func commit(with crew: ThreadCrew) {
    for request in requests { request.startWriteback() }
    crew.perform(requests.count) { [requests] in requests[$0].flush() }
    for request in requests { request.rename() }
    var flushed: [Folder] = []
    for request in requests where request.isPublished {
      let folder = request.target.folder
      if flushed.contains(where: { $0.isSame(as: folder) }) { continue }
      flushed.append(folder)
      flushNames(in: folder)
    }
  }

  private func flushNames(in folder: Folder) {
    do {
      try folder.sync()
    } catch {
      for request in requests where request.isPublished && request.target.folder.isSame(as: folder)
      {
        request.fail(StagedFile.notDurable(request.target.path, error))
      }
    }
  }
}

extension CommitRequest {
  fileprivate var isPublished: Bool {
    if case .success = outcome { true } else { false }
  }
}

extension Folder {
  fileprivate func isSame(as other: Folder) -> Bool {
    self === other || status.isSameFile(as: other.status)
  }
}
