import Foundations
import Testing

/// One thing that every store of jobs promises.
package struct JobPromise: Sendable, CustomTestStringConvertible {
  /// The promise.
  package let testDescription: String
  /// Tries it with an empty store.
  package let check: @Sendable (JobSubject) throws -> Void

  init(_ promise: String, _ check: @escaping @Sendable (JobSubject) throws -> Void) {
    testDescription = promise
    self.check = check
  }

  /// All promises.
  package static var all: [JobPromise] {
    Adding.promises + Claiming.promises + Leasing.promises + Heartbeats.promises
      + Retrying.promises + Poison.promises + Cancelling.promises + FanOut.promises
      + Dedupe.promises + ResultCache.promises + Events.promises + Schedules.promises
      + Recovery.promises + Listing.promises
  }
}

/// The code of the failure that a body ends with, nil where it ends well.
func failureCode<R>(_ body: () throws -> R) -> FailureCode? {
  do {
    _ = try body()
    return nil
  } catch {
    return error.asFailure.code
  }
}
