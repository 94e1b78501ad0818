/// Many small files made durable together.
///
/// To make one file durable costs two waits for the disk; to make a hundred durable at once costs
/// little more. Publishers hand in what they have staged and wait; one thread takes all that waits,
/// brings it to the disk, and wakes them. While it works the next batch gathers by itself, so
/// nobody waits for company: a single publisher is served at once. A failure reaches only the
/// publisher whose file it concerns.
///
/// For small files: a large one would hold up its whole batch and is published by itself.
package final class CommitGroup: Sendable {
  /// How much is taken at once, and how much may wait.
  package struct Limits: Sendable {
    /// The files of one batch; each is an open descriptor.
    package var filesAtOnce = 128
    /// The bytes of one batch, which bound how long it takes; a larger file is a batch by itself.
    package var bytesAtOnce: Int64 = 64 << 20
    /// The contents of a batch that are waited for side by side, each by a thread.
    package var flushesAtOnce = 8
    /// The files that may wait for a batch; what comes on top is refused with `file.busy`.
    package var filesWaiting = 4_096

    /// The limits that have proved themselves (docs/decisions/0006-files.md).
    package init() {}
  }

  /// A file that waits for its batch, and whom to tell.
  private struct Waiting {
    let request: CommitRequest
    let tell: @Sendable (Result<Void, FileFailure>) -> Void
  }

  private struct State {
    var waiting: [Waiting] = []
    var isClosed = false
    var hasEnded = false
    var onEnd: [@Sendable () -> Void] = []
  }

  private let limits: Limits
  private let state: Monitor<State>

  /// Starts the group's threads.
  package init(limits: Limits = Limits()) throws(ThreadFailure) {
    precondition(limits.filesAtOnce > 0 && limits.filesWaiting > 0, "a group takes files")
    precondition(limits.flushesAtOnce > 0, "a group waits for a file at a time at least")
    self.limits = limits
    let state = Monitor(State())
    self.state = state
    let crew = try ThreadCrew(helpers: limits.flushesAtOnce - 1, named: "file-flush")
    // The thread holds the state and not the group, which ends it when it goes.
    try OwnThread.start(named: "file-commit") { Self.serve(state, limits, crew) }
  }

  deinit { close() }

  /// How many files wait for a batch at the moment.
  package var waiting: Int { state.withLock { $0.waiting.count } }

  /// Publishes a file durably and suspends the task until that is done.
  ///
  /// What is handed in is carried out, whether or not the task is cancelled meanwhile. Failures are
  /// those of `StagedFile.publish`. Folders above the target that were just made are brought to the
  /// disk with it when they are named.
  package func publish(
    _ file: consuming StagedFile, as target: Destination, replacing: Bool = false,
    with foldersAbove: [Folder] = []
  ) async throws(FileFailure) {
    let request = CommitRequest(file, as: target, replacing: replacing, with: foldersAbove)
    let outcome = await withCheckedContinuation { continuation in
      submit(Waiting(request: request) { continuation.resume(returning: $0) })
    }
    try outcome.get()
  }

  /// Publishes a file durably and blocks the thread until that is done; for threads of our own.
  package func publish(
    _ file: consuming StagedFile, as target: Destination, replacing: Bool = false,
    with foldersAbove: [Folder] = []
  ) throws(FileFailure) {
    let request = CommitRequest(file, as: target, replacing: replacing, with: foldersAbove)
    let told = Monitor<Result<Void, FileFailure>?>(nil)
    submit(
      Waiting(request: request) { outcome in
        told.withLock { $0 = outcome }
        told.notify()
      })
    try told.wait { $0 }.get()
  }

  /// Takes no more files, carries out what waits, and suspends the task until that is done.
  package func finish() async {
    close()
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        if !state.hasEnded { state.onEnd.append { continuation.resume() } }
        return state.hasEnded
      }
      if hasEnded { continuation.resume() }
    }
  }

  /// Takes no more files, carries out what waits, and blocks the thread until that is done.
  package func finish() {
    close()
    state.wait { $0.hasEnded ? () : nil }
  }

  private func close() {
    state.withLock { $0.isClosed = true }
    state.notify()
  }

  private func submit(_ file: Waiting) {
    let refusal = state.withLock { state -> FileFailure? in
      if state.isClosed {
        return FileFailure(
          .commitClosed, "\(file.request.target.path) is not published: the program is ending")
      }
      guard state.waiting.count < limits.filesWaiting else {
        return FileFailure(
          .fileBusy,
          "\(file.request.target.path) is not published: \(limits.filesWaiting) files wait already",
          hint: "publish fewer files at once")
      }
      state.waiting.append(file)
      return nil
    }
    guard let refusal else { return state.notify() }
    file.request.fail(refusal)
    file.tell(.failure(refusal))
  }

  private static func serve(_ state: Monitor<State>, _ limits: Limits, _ crew: ThreadCrew) {
    while true {
      let batch = state.wait { state in nextBatch(&state, limits) }
      if batch.isEmpty { break }
      CommitBatch(batch.map(\.request)).commit(with: crew)
      for file in batch { file.tell(file.request.outcome) }
    }
    let onEnd = state.withLock { state in
      state.hasEnded = true
      return state.onEnd
    }
    state.notify()
    for action in onEnd { action() }
  }

  /// The files to take next: none once the group has ended, nil while there is nothing to do.
  private static func nextBatch(_ state: inout State, _ limits: Limits) -> [Waiting]? {
    guard !state.waiting.isEmpty else { return state.isClosed ? [] : nil }
    var count = 0
    var bytes: Int64 = 0
    for file in state.waiting.prefix(limits.filesAtOnce) {
      bytes += file.request.bytes
      if count > 0, bytes > limits.bytesAtOnce { break }
      count += 1
    }
    defer { state.waiting.removeFirst(count) }
    return Array(state.waiting.prefix(count))
  }
}
