import Foundations

/// A bounded number of connections that only read.
final class ReaderPool: Sendable {
  private let free: BoundedQueue<Reader>
  private let path: FilePath
  private let lanes: LaneBudget

  init(_ path: FilePath, _ schema: Schema, _ options: DatabaseOptions) throws {
    precondition(options.readers > 0, "a pool has at least one reader")
    self.path = path
    lanes = options.lanes ?? LaneBudget(most: options.readers)
    free = BoundedQueue(capacity: options.readers)
    for _ in 0..<options.readers { try free.put(Reader(path, schema, options)) }
  }

  /// Reads on the caller's thread, once a reader is free.
  func read<R>(stop: StopFlag?, _ body: (Connection) throws -> R) throws -> R {
    try stop?.check()
    guard let reader = try free.take() else { throw Writer.closed(path) }
    defer { putBack(reader) }
    return try reader.read(stop: stop, body)
  }

  /// Reads on a lane; the cancellation of the task ends it.
  func read<R: Sendable>(
    stop: StopFlag?, _ body: @escaping @Sendable (Connection) throws -> R
  ) async throws -> R {
    guard let reader = try await free.take() else { throw Writer.closed(path) }
    defer { putBack(reader) }
    let lane = try reader.lane(from: lanes)
    return try await lane.runStoppable(under: stop) { flag in
      try reader.read(stop: flag, body)
    }
  }

  /// Takes no more reads; those under way end by themselves.
  func close() {
    free.close()
    // The writer should be the last to close, since only it can bring the log home.
    while let reader = try? free.take() { _ = reader }
  }

  private func putBack(_ reader: Reader) {
    // There is always room for what was taken out; only a closed pool refuses it, and it is freed.
    try? free.put(reader)
  }
}
