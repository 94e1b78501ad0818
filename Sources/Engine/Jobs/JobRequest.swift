package import Foundations

/// What somebody asks the engine to do.
package struct JobRequest: Sendable {
  /// Of few values, since each is a lane of its own.
  package static let priorities = -100...100

  package let kind: String
  package var input: JSONObject
  /// Higher ones go first.
  package var priority = 0
  package var user: String?
  /// Not before then; at once where nil.
  package var runAt: Timestamp?
  /// Whether the work is done again that was done before.
  package var isFresh = false

  /// A request for a kind.
  package init(_ kind: String, _ input: JSONObject = [:]) {
    self.kind = kind
    self.input = input
  }
}
