package import Foundations

/// A database file, written and read by many threads and many processes.
///
/// **Writes** are done by one thread at a time, which runs all that wait as one transaction with one
/// commit, each undone by itself where it fails. Processes take turns by a lock file. **Reads** have
/// connections of their own, see everything as it was at one moment, and neither wait for writes
/// nor hold them up.
///
/// Each operation exists twice under one name: in a synchronous function the thread stands still,
/// which only threads of our own may do; in an asynchronous one the task is suspended.
package final class Database: Sendable {
  /// Where the file lies.
  package let path: FilePath
  private let options: DatabaseOptions
  private let writer: Writer
  private let readers: ReaderPool

  init(
    _ path: FilePath, _ options: DatabaseOptions, _ writer: Writer, _ readers: ReaderPool
  ) {
    self.path = path
    self.options = options
    self.writer = writer
    self.readers = readers
  }

  deinit {
    readers.close()
    writer.close()
  }
}

extension Database {
  /// How many writes wait at the moment.
  package var waitingWrites: Int { writer.waiting }

  /// Writes in one transaction and blocks the thread until that is on the disk; for threads of our
  /// own.
  ///
  /// The flag ends it: before its turn without a trace, then between its statements, where
  /// everything it did is undone. Once it has returned it is kept, whatever happens.
  @discardableResult
  package func write<R: Sendable>(
    _ urgency: WriteUrgency = .ordinary, stop: StopFlag? = nil,
    _ body: @escaping @Sendable (WriteTransaction) throws -> R
  ) throws -> R {
    let told = Monitor<Result<R, any Error>?>(nil)
    writer.submitHere(
      request(urgency, stop.map { StopFlag(under: $0) }, body) { result in
        told.withLock { $0 = result }
        told.notify()
      })
    return try told.wait { $0 }.get()
  }

  /// Writes in one transaction and suspends the task until that is on the disk; its cancellation
  /// ends it as the flag does.
  @discardableResult
  package func write<R: Sendable>(
    _ urgency: WriteUrgency = .ordinary, stop: StopFlag? = nil,
    _ body: @escaping @Sendable (WriteTransaction) throws -> R
  ) async throws -> R {
    let flag = StopFlag(under: stop)
    let result: Result<R, any Error> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        writer.submit(request(urgency, flag, body) { continuation.resume(returning: $0) })
      }
    } onCancel: {
      flag.stop()
    }
    return try result.get()
  }

  private func request<R: Sendable>(
    _ urgency: WriteUrgency, _ stop: StopFlag?,
    _ body: @escaping @Sendable (WriteTransaction) throws -> R,
    answer: @escaping @Sendable (Result<R, any Error>) -> Void
  ) -> WriteRequest {
    let value = Monitor<R?>(nil)
    let deadline = SystemTime().uptime + options.turnAtMost
    return WriteRequest(urgency, stop: stop, deadline: deadline) { transaction in
      let result = try body(transaction)
      value.withLock { $0 = result }
    } answer: { failure in
      if let failure { return answer(.failure(failure)) }
      guard let result = value.withLock({ $0 }) else {
        preconditionFailure("a write without a failure has a result")
      }
      answer(.success(result))
    }
  }

  /// Reads on the caller's thread, as everything was at one moment; for threads of our own.
  package func read<R>(stop: StopFlag? = nil, _ body: (Connection) throws -> R) throws -> R {
    try readers.read(stop: stop, body)
  }

  /// Reads on a lane, as everything was at one moment; the task's cancellation ends it.
  package func read<R: Sendable>(
    stop: StopFlag? = nil, _ body: @escaping @Sendable (Connection) throws -> R
  ) async throws -> R {
    try await readers.read(stop: stop, body)
  }

  /// Looks for damage; each problem in words, none where all is well.
  package func problems(
    _ depth: DatabaseCheck.Depth, stop: StopFlag? = nil
  ) throws -> [String] {
    let connection = try Connection.open(path, .reading, options)
    return try DatabaseCheck.problems(on: connection, depth, stop: stop)
  }

  /// Copies the database as it is at this moment, while others go on writing to it.
  ///
  /// The copy appears whole or not at all, is a single file, and is on the disk on return. For
  /// threads of our own.
  package func backUp(
    to target: FilePath, replacing: Bool = false, progress: ProgressSink = .none,
    stop: StopFlag? = nil
  ) throws {
    try OnlineBackup.run(
      from: path, to: target, options, replacing: replacing, progress: progress, stop: stop)
  }

  /// Takes no more work, carries out the writes that wait, empties the log, and blocks the thread
  /// until that is done.
  package func finish() {
    let hasEnded = Monitor(false)
    close {
      hasEnded.withLock { $0 = true }
      hasEnded.notify()
    }
    hasEnded.wait { $0 ? () : nil }
  }

  /// Takes no more work, carries out the writes that wait, empties the log, and suspends the task
  /// until that is done.
  package func finish() async {
    await withCheckedContinuation { continuation in
      close { continuation.resume() }
    }
  }

  private func close(_ onEnd: @escaping @Sendable () -> Void) {
    readers.close()
    writer.close()
    writer.onEnd(onEnd)
  }
}
