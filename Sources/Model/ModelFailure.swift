package import Foundations

/// Something that the library's own rules refuse, whatever store keeps it.
package struct ModelFailure: Failure {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let cause: (any Error)?

  /// A refusal by its parts.
  package init(
    _ code: FailureCode, _ message: String, hint: String? = nil, cause: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.cause = cause
  }
}

extension FailureCode {
  /// A text that is no id.
  package static let modelIDMalformed = FailureCode(
    "library.id_malformed", .usage, "The id is not one.")
  /// No such thing.
  package static let modelNotFound = FailureCode(
    "library.not_found", .notFound, "There is nothing of that id in the library.")
  /// An id, name or path that stands for something else already.
  package static let modelConflict = FailureCode(
    "library.conflict", .conflict, "The id or path stands for other content already.")
  /// Something else refers to it.
  package static let modelReferenced = FailureCode(
    "library.referenced", .conflict, "Something else in the library still refers to it.")
  /// A value that the library does not take.
  package static let modelBadValue = FailureCode(
    "library.bad_value", .usage, "The library does not take a value.")
  /// A definition of a workflow that makes no sense.
  package static let modelBadWorkflow = FailureCode(
    "library.bad_workflow", .usage, "The workflow's definition makes no sense.")
  /// A line of the journal that makes no sense.
  package static let modelBadJournal = FailureCode(
    "library.bad_journal", .internalError, "A line of the library's journal makes no sense.")
  /// The journal tells more than the catalogue knows.
  package static let modelJournalAhead = FailureCode(
    "library.journal_ahead", .configuration,
    "The library's journal tells of changes that its catalogue has never seen.")
  /// A cursor that was not given out for this list.
  package static let modelBadCursor = FailureCode(
    "library.bad_cursor", .usage, "The cursor does not belong to this list.")
}
