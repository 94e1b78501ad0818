import Foundations

/// A bounded number of connections that only read, opened when they are first needed.
final class ReaderPool: Sendable {
  // A place for each reader; nil where it has not been opened.
  private let free: BoundedQueue<Place>
  private let path: FilePath
  private let schema: Schema
  private let options: DatabaseOptions
  private let lanes: LaneBudget

  private struct Place: Sendable { var reader: Reader? }

  init(_ path: FilePath, _ schema: Schema, _ options: DatabaseOptions) throws {
    precondition(options.readers > 0, "a pool has at least one reader")
    self.path = path
    self.schema = schema
    self.options = options
    lanes = options.lanes ?? LaneBudget(most: options.readers)
    free = BoundedQueue(capacity: options.readers)
    for _ in 0..<options.readers { try free.put(Place()) }
  }

  /// Reads on the caller's thread, once a reader is free.
  func read<R>(stop: StopFlag?, _ body: (Connection) throws -> R) throws -> R {
    try stop?.check()
    guard let place = try free.take() else { throw Writer.closed(path) }
    let reader = try openReader(place)
    defer { putBack(Place(reader: reader)) }
    return try reader.read(stop: stop, body)
  }

  /// Reads on a lane; the cancellation of the task ends it.
  func read<R: Sendable>(
    stop: StopFlag?, _ body: @escaping @Sendable (Connection) throws -> R
  ) async throws -> R {
    guard let place = try await free.take() else { throw Writer.closed(path) }
    let reader = try openReader(place)
    defer { putBack(Place(reader: reader)) }
    let lane = try reader.lane(from: lanes)
    return try await lane.runStoppable(under: stop) { flag in
      try reader.read(stop: flag, body)
    }
  }

  /// Takes no more reads; those under way end by themselves.
  func close() {
    free.close()
    // The writer should be the last to close, since only it can bring the log home.
    while let place = try? free.take() { _ = place }
  }

  private func openReader(_ place: Place) throws -> Reader {
    if let reader = place.reader { return reader }
    do {
      return try Reader(path, schema, options)
    } catch {
      putBack(place)
      throw error
    }
  }

  private func putBack(_ place: Place) {
    // There is always room for what was taken out; only a closed pool refuses it, and it is freed.
    try? free.put(place)
  }
}
