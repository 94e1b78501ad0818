import Foundations
package import Model

/// Which runs a clearing is about, and which of them it takes.
package struct RunClearingRules: Sendable {
  /// Taken are those that began longer ago.
  package var olderThan: Duration?
  /// Taken are the oldest, until those that are left have no more bytes than this.
  package var mostBytes: Int64?
  /// It is only about runs of this user.
  package var user: String?
  package var schema: String?
  package var mode: String?
  package var status: RunState.Status?

  /// Takes nothing yet: an age or a size is needed.
  ///
  /// With both, the old go until the size is met.
  package init() {}

  func check() throws(RunFailure) {
    guard olderThan != nil || mostBytes != nil else {
      throw RunFailure(
        .runBadValue, "a clearing of runs needs an age or a size", hint: "say what is to be left")
    }
    guard (olderThan ?? .zero) >= .zero, (mostBytes ?? 0) >= 0 else {
      throw RunFailure(.runBadValue, "an age or a size is not negative")
    }
  }

  /// The runs it is about, young and old.
  var filter: RunFilter {
    var filter = RunFilter()
    filter.user = user
    filter.schema = schema
    filter.mode = mode
    filter.status = status
    filter.isArchived = false
    return filter
  }

  /// Why a run is taken, in words.
  var reason: String {
    olderThan.map { "began more than \(HumanText.duration($0)) ago" } ?? "is among the oldest"
  }
}
