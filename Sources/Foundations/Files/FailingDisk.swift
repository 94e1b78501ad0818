import Glibc
import Synchronization

/// A folder whose file operations fail as told, so that tests can try every place of breaking.
///
/// It sits in `systemCall`, the one gate to the operating system, and is bound to a folder and not
/// to an object or a task: whatever works under that folder meets the same broken disk, on whatever
/// thread, and tests beside it do not notice. It lives in the product and not in the tests because
/// every later part that stores something is tried with it; the price is one load a system call.
package final class FailingDisk: Sendable {
  /// What happens at the chosen call.
  package enum Fault: Sendable {
    /// This call fails, the next ones succeed.
    case once(errno: Int32)
    /// This call and all that follow fail.
    case lasting(errno: Int32)
    /// This call is made only once the closure has returned: a disk that is slow.
    case stalling(@Sendable () -> Void)
    /// The process dies at once, before the call is made.
    case kill
  }

  /// One operation that was asked of the disk.
  package struct Call: Sendable, CustomStringConvertible {
    /// The operation's words, as they stand in failures.
    package let operation: String
    /// What it was asked about.
    package let path: FilePath

    package var description: String { "\(operation) \(path)" }
  }

  private struct State {
    var fault: Fault?
    var at = 0
    var operation: String?
    var counted = 0
    var calls: [Call] = []
  }

  /// What a fault makes of one call.
  private enum Outcome {
    case made
    case failed(Int32)
    case stalled(@Sendable () -> Void)
  }

  private static let registered = Mutex<[FailingDisk]>([])
  // Beside the mutex, so that where no disk fails a system call costs one relaxed load.
  private static let count = Atomic<Int>(0)

  private let folder: FilePath
  private let state = Mutex(State())

  /// A disk that fails under a folder, named as the code under test names it.
  package init(under folder: FilePath) { self.folder = folder }

  /// The operations of the latest run, in order.
  package var calls: [Call] { state.withLock { $0.calls } }

  /// Runs `body` while the disk fails at call number `at`, counted from 1 among all calls or those
  /// of one operation; without a fault it only takes the calls down.
  package func run<R: ~Copyable, E: Error>(
    _ fault: Fault? = nil, at: Int = 1, of operation: String? = nil, _ body: () throws(E) -> R
  ) throws(E) -> R {
    begin(State(fault: fault, at: at, operation: operation))
    defer { end() }
    return try body()
  }

  /// Runs `body` while the disk fails, as the other `run` does.
  package func run<R: ~Copyable, E: Error>(
    _ fault: Fault? = nil, at: Int = 1, of operation: String? = nil,
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws(E) -> R
  ) async throws(E) -> R {
    begin(State(fault: fault, at: at, operation: operation))
    defer { end() }
    return try await body()
  }

  private func begin(_ run: State) {
    state.withLock { $0 = run }
    Self.registered.withLock { $0.append(self) }
    Self.count.add(1, ordering: .relaxed)
  }

  private func end() {
    Self.count.subtract(1, ordering: .relaxed)
    Self.registered.withLock { disks in disks.removeAll { $0 === self } }
  }

  /// The error number an operation is to fail with, nil where it is to be made.
  static func fault(at operation: String, _ path: () -> FilePath?) -> Int32? {
    guard count.load(ordering: .relaxed) > 0, let path = path() else { return nil }
    let disks = registered.withLock { $0 }
    for disk in disks where disk.holds(path) {
      switch disk.outcome(of: Call(operation: operation, path: path)) {
      case .made: continue
      case .failed(let number): return number
      case .stalled(let wait): wait()
      }
    }
    return nil
  }

  private func holds(_ path: FilePath) -> Bool {
    path == folder || path.bytes.starts(with: folder.bytes + [UInt8(ascii: "/")])
  }

  private func outcome(of call: Call) -> Outcome {
    state.withLock { state in
      state.calls.append(call)
      guard state.operation == nil || state.operation == call.operation else { return .made }
      state.counted += 1
      guard let fault = state.fault, state.counted >= state.at else { return .made }
      let isFirst = state.counted == state.at
      switch fault {
      case .once(let number): return isFirst ? .failed(number) : .made
      case .lasting(let number): return .failed(number)
      case .stalling(let wait): return isFirst ? .stalled(wait) : .made
      case .kill:
        Glibc.kill(getpid(), SIGKILL)
        return .made
      }
    }
  }
}
