/// What a kind of id names; its tag.
package protocol IDTag {
  /// The word for one of them, for messages: `run`.
  static var noun: String { get }
}

/// The id of one sort of thing, so that a run's cannot be passed where a job's is meant.
///
/// Each sort has an empty tag: `enum RunTag: IDTag { static let noun = "run" }` and
/// `typealias RunID = ID<RunTag>`.
package struct ID<Tag: IDTag>: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The identifier without its sort.
  package let uuid: UUID

  /// Gives an identifier its sort.
  package init(_ uuid: UUID) { self.uuid = uuid }

  /// Reads an id from outside; anything but the 36-character form of a UUID is refused.
  package init(_ text: String) throws(IDFailure) {
    guard let uuid = UUID(text) else { throw IDFailure(noun: Tag.noun, text: text) }
    self.init(uuid)
  }

  package static func < (left: Self, right: Self) -> Bool { left.uuid < right.uuid }

  package var description: String { uuid.description }
}

/// A text from outside that is no id.
package struct IDFailure: Failure {
  package let code = FailureCode.idMalformed
  package let message: String
  package let hint: String? =
    "an id has 32 hexadecimal digits in groups of 8-4-4-4-12, joined by hyphens"
  package var cause: (any Error)? { nil }

  init(noun: String, text: String) {
    let shown = text.count > 64 ? "\(text.prefix(64))…" : text
    message = "not the id of a \(noun): `\(TerminalSafe.line(shown))`"
  }
}

extension FailureCode {
  /// The text is no id.
  package static let idMalformed = FailureCode(
    "id.malformed", .usage, "The text is not an id, which is a UUID in its 36-character form.")
}
