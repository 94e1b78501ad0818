package import Foundations
import Glibc

/// A sign that pieces of a store are in use: as long as it lives, no sweep removes any.
///
/// A lock file of its own, which the system lets go of with the process, however that ends.
package final class StoreUse: Sendable {
  private static let mark = "in-use-"

  private let lock: PieceLock

  fileprivate init(_ lock: consuming PieceLock) { self.lock = lock }

  fileprivate static func name(_ random: UInt64) -> FileName {
    guard let name = FileName(text: "\(mark)\(String(random, radix: 16)).lock") else {
      preconditionFailure("digits are a name")
    }
    return name
  }

  fileprivate static func isOne(_ name: FileName) -> Bool {
    name.bytes.starts(with: Array(mark.utf8))
  }
}

extension SegmentStore {
  /// Keeps sweeps away for as long as the value lives.
  package func use(stop: StopFlag) throws -> StoreUse {
    // A sweep that goes on is waited for; it is short.
    try locks.lock()
    defer { locks.unlock() }
    return StoreUse(
      try PieceLock.take(StoreUse.name(.random(in: 0...UInt64.max)), in: locks, stop: stop))
  }

  /// Sweeps unless somebody uses the store, who will do so when he is done; nil then.
  @discardableResult
  package func sweepUnlessUsed(
    budget: Int64, olderThan age: Duration, clock: any TimeSource
  ) throws(FileFailure) -> Swept? {
    try locks.lock()
    defer { locks.unlock() }
    for entry in try FolderEntries(of: locks) where StoreUse.isOne(entry.name) {
      guard try isAbandoned(entry.name) else { return nil }
      try? locks.removeFile(entry.name)
    }
    // Nobody can be about to join what nobody uses.
    return try sweep(budget: budget, olderThan: age, sparing: .zero, clock: clock)
  }

  private func isAbandoned(_ name: FileName) throws(FileFailure) -> Bool {
    do {
      return try locks.open(name, O_RDWR).tryLock()
    } catch let error where error.code == .fileNotFound {
      return true
    }
  }
}
