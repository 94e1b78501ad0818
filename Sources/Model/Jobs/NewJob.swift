package import Foundations

/// What is asked of the engine.
///
/// Queue, kind, needs, priority, user and memory together are a job's lane: of each few values
/// should be in use.
package struct NewJob: Sendable, Equatable {
  /// The most that the input, a result or the details of progress have, in bytes of JSON.
  package static let mostBytes = 1 << 20
  /// The most children that are added at once.
  package static let mostChildren = 10_000

  /// What sort of work: `encode`.
  package let kind: String
  package var queue = "default"
  package var input: JSONValue
  /// What a worker has to be able to do.
  package var needs: Set<String> = []
  /// Higher ones go first.
  package var priority = 0
  package var user: String?
  /// How much memory its processes take, in bytes; 0 where nobody knows.
  package var memory: Int64 = 0
  /// Not before then; at once where nil.
  package var runAt: Timestamp?
  /// Whether it waits to be released.
  package var isHeld = false
  /// How many attempts it has.
  package var attempts = 3
  /// How many workers it may lose; with one more it is set aside.
  package var crashes = 3
  package var run: RunID?
  package var workflow: WorkflowID?
  /// While one such job of the user is open, this is that one.
  package var dedupeKey: String?
  /// As `dedupeKey`; and afterwards it is answered by a completed job of the key.
  package var cacheKey: String?
  package var childRule = ChildRule()

  /// A job of a kind.
  package init(kind: String, input: JSONValue = [:]) {
    self.kind = kind
    self.input = input
  }

  /// Refuses what no store keeps.
  package func check() throws(ModelFailure) {
    try JobWord.check(kind, "kind")
    try JobWord.check(queue, "queue")
    for need in needs { try JobWord.check(need, "need") }
    for text in [user, dedupeKey, cacheKey].compactMap({ $0 }) {
      guard (1...500).contains(text.utf8.count) else {
        throw ModelFailure(
          .jobBadValue, "a user or key of a job has \(text.utf8.count) bytes",
          hint: "they have 1 to 500")
      }
    }
    guard attempts >= 1, crashes >= 0, memory >= 0 else {
      throw ModelFailure(.jobBadValue, "a job has at least one attempt, and no limit below 0")
    }
    try Self.check(input, "input")
  }

  /// Refuses JSON that is too large to be kept.
  package static func check(_ value: JSONValue, _ noun: String) throws(ModelFailure) {
    let bytes = value.text().utf8.count
    guard bytes <= mostBytes else {
      throw ModelFailure(
        .jobTooLarge, "the \(noun) of a job has \(bytes) bytes, the most is \(mostBytes)",
        hint: "put it into a file, and name the file")
    }
  }
}

/// The words that sort jobs: kinds, queues, needs.
enum JobWord {
  static func check(_ text: String, _ noun: String) throws(ModelFailure) {
    let isGood =
      (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"):
          true
        default: false
        }
      }
    guard isGood else {
      throw ModelFailure(
        .jobBadValue, "\"\(ShownText.of(String(text.prefix(80))))\" is no \(noun) of a job",
        hint: "it has 1 to 64 small letters, digits, -, _, . and :")
    }
  }
}
