import Foundations
import Model

/// A store to which everything is said twice, as if the first answer had been lost on its way.
final class TwiceStore: CatalogueStore {
  /// Given for each transaction that went well, and for each that went well again.
  let (said, saidAgain) = (Signal(), Signal())
  /// Given for each renewal of leases.
  let urgent = Signal()
  private let inner: any CatalogueStore

  init(_ inner: any CatalogueStore) { self.inner = inner }

  deinit { inner.finish() }

  private func twice<R>(_ body: () throws -> R) throws -> R {
    _ = try body()
    said.give()
    let answer = try body()
    saidAgain.give()
    return answer
  }

  func write<R: Sendable>(
    _ body: @escaping @Sendable (any CatalogueTransaction) throws -> R
  ) throws -> R {
    try twice { try inner.write(body) }
  }

  func writeJobs<R: Sendable>(
    isUrgent: Bool, _ body: @escaping @Sendable (any JobTransaction) throws -> R
  ) throws -> R {
    if isUrgent { urgent.give() }
    return try twice { try inner.writeJobs(isUrgent: isUrgent, body) }
  }

  func readJobs<R>(_ body: (any JobReading) throws -> R) throws -> R { try inner.readJobs(body) }

  func read<R>(stop: StopFlag?, _ body: (any CatalogueReading) throws -> R) throws -> R {
    try inner.read(stop: stop, body)
  }

  func problems(stop: StopFlag?) throws -> [String] { try inner.problems(stop: stop) }

  func backUp(to path: FilePath, progress: ProgressSink, stop: StopFlag?) throws {
    try inner.backUp(to: path, progress: progress, stop: stop)
  }

  func finish() {}
}
