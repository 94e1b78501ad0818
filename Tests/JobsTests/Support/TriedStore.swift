import Foundations
import Model
import Synchronization
import TestSupport

/// A store whose calls can be made to fail or to hang.
final class TriedStore: CatalogueStore {
  /// What is called.
  enum Call: Sendable { case urgentWrite, write, read }

  /// Given for each read of a worker's thread that renews leases.
  let heartbeatReads = Signal()
  /// Given for each read of a worker's thread that looks after the store.
  let careReads = Signal()
  /// Why the store itself refused what it refused.
  let refusals = Collected<FailureCode>()
  private let inner: any CatalogueStore
  private let before = Mutex<@Sendable (Call) throws -> Void>({ _ in })
  private let after = Mutex<@Sendable (Call) throws -> Void>({ _ in })

  init(_ inner: any CatalogueStore) { self.inner = inner }

  deinit { inner.finish() }

  /// What happens before each call; what it throws is the call's failure.
  func onCall(_ body: @escaping @Sendable (Call) throws -> Void) { before.withLock { $0 = body } }
  /// What happens after each call that went well; what it throws is told instead of the answer.
  func onAnswer(_ body: @escaping @Sendable (Call) throws -> Void) { after.withLock { $0 = body } }

  private func call<R>(_ call: Call, _ body: () throws -> R) throws -> R {
    try before.withLock { $0 }(call)
    let result: R
    do { result = try body() } catch {
      refusals.note(error.asFailure.code)
      throw error
    }
    try after.withLock { $0 }(call)
    guard call == .read else { return result }
    switch Self.threadName {
    case "job beat\n": heartbeatReads.give()
    case "worker\n": careReads.give()
    default: break
    }
    return result
  }

  private static var threadName: String {
    let bytes = try? SmallFile.read("/proc/thread-self/comm", limit: 100)
    return String(decoding: bytes ?? [], as: UTF8.self)
  }

  func write<R: Sendable>(
    _ body: @escaping @Sendable (any CatalogueTransaction) throws -> R
  ) throws -> R {
    try call(.write) { try inner.write(body) }
  }

  func writeJobs<R: Sendable>(
    isUrgent: Bool, _ body: @escaping @Sendable (any JobTransaction) throws -> R
  ) throws -> R {
    try call(isUrgent ? .urgentWrite : .write) {
      try inner.writeJobs(isUrgent: isUrgent, body)
    }
  }

  func readJobs<R>(_ body: (any JobReading) throws -> R) throws -> R {
    try call(.read) { try inner.readJobs(body) }
  }

  func read<R>(stop: StopFlag?, _ body: (any CatalogueReading) throws -> R) throws -> R {
    try call(.read) { try inner.read(stop: stop, body) }
  }

  func problems(stop: StopFlag?) throws -> [String] { try inner.problems(stop: stop) }

  func backUp(to path: FilePath, progress: ProgressSink, stop: StopFlag?) throws {
    try inner.backUp(to: path, progress: progress, stop: stop)
  }

  func finish() {}
}
