package import Foundations
import Model

/// Something about a run that cannot be done.
package struct RunFailure: Failure {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let cause: (any Error)?

  /// A refusal.
  package init(
    _ code: FailureCode, _ message: String, hint: String? = nil, cause: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.cause = cause
  }

  /// The failure that a missing run is.
  static func notFound(_ id: RunID) -> RunFailure {
    RunFailure(.runNotFound, "there is no run \(id)")
  }

  /// The failure that unreadable metadata is.
  static func damaged(_ path: FilePath, _ what: String, _ cause: (any Error)? = nil) -> RunFailure {
    RunFailure(
      .runDamaged, "\(path) cannot be read: \(what)", hint: "verify the library with repairs on",
      cause: cause)
  }
}

extension FailureCode {
  /// No such run.
  package static let runNotFound = FailureCode(
    "run.not_found", .notFound, "There is no run of that id.")
  /// The id is taken.
  package static let runExists = FailureCode(
    "run.exists", .conflict, "A run of that id is there already, perhaps in the trash.")
  /// In the trash.
  package static let runDeleted = FailureCode(
    "run.deleted", .conflict, "The run is in the trash and has to be undeleted first.")
  /// Not in the trash.
  package static let runNotDeleted = FailureCode(
    "run.not_deleted", .conflict, "The run is not in the trash.")
  /// In a ZIP.
  package static let runArchived = FailureCode(
    "run.archived", .conflict, "The run is archived and has to be unarchived first.")
  /// Not in a ZIP.
  package static let runNotArchived = FailureCode(
    "run.not_archived", .conflict, "The run is not archived.")
  /// A value that a run does not take.
  package static let runBadValue = FailureCode(
    "run.bad_value", .usage, "A run does not take the value; the message says why.")
  /// Bytes that are not what an output must be.
  package static let runUnfitContent = FailureCode(
    "run.unfit_content", .badMedia,
    "The bytes are not what was announced: a web page in the place of a picture, or nothing.")
  /// metadata.json is not readable.
  package static let runDamaged = FailureCode(
    "run.damaged", .internalError, "The run's metadata.json cannot be read.")
  /// No such file in the run.
  package static let runFileNotFound = FailureCode(
    "run.file_not_found", .notFound, "The run has no file of that name.")
  /// In the folder, not in the catalogue.
  package static let runNotCatalogued = FailureCode(
    "run.not_catalogued", .unavailable,
    "The run's folder has the change, but the catalogue could not be written; it follows later.")
  /// The folder is no run.
  package static let runNotOne = FailureCode(
    "run.not_a_run", .badMedia, "The folder holds no run of a layout that is known.")
}
