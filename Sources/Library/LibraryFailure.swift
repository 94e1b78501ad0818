package import Foundations

/// Something that the library refuses or cannot do.
package struct LibraryFailure: Failure {
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
}

extension FailureCode {
  /// The library's folder is not there.
  package static let libraryAbsent = FailureCode(
    "library.absent", .unavailable,
    "The library's folder is not there; its disk may not be mounted.")
  /// The folder belongs to something else.
  package static let libraryForeign = FailureCode(
    "library.foreign", .conflict, "The folder holds something else than a library.")
  /// A later version made the library.
  package static let libraryNewer = FailureCode(
    "library.newer", .configuration, "A newer version of the program made the library.")
  /// The place given for content is used up.
  package static let libraryQuota = FailureCode(
    "library.quota_exceeded", .conflict, "The content does not fit into the quota.",
    httpStatus: 507)
  /// A file of no bytes.
  package static let libraryEmpty = FailureCode(
    "library.empty_content", .badMedia, "The content has no bytes.")
  /// A web page instead of what it should be.
  package static let libraryHTML = FailureCode(
    "library.html_instead", .badMedia,
    "A web page came under the name of a picture, a film or a sound.")
  /// A folder where a file should be.
  package static let libraryIsFolder = FailureCode(
    "library.is_folder", .usage, "A folder was named where a file should be.")
  /// A name that cannot be shown or kept.
  package static let libraryBadName = FailureCode(
    "library.bad_name", .usage, "The name cannot be kept.")
  /// A text that is no base64.
  package static let libraryBadBase64 = FailureCode(
    "library.bad_base64", .usage, "The text is neither base64 nor a data URI.")
  /// A catalogue that knows nothing over content that is there.
  package static let libraryIndexEmpty = FailureCode(
    "library.index_empty", .conflict,
    "The catalogue is empty and the content is not; nothing is cleaned.")
  /// The catalogue is gone, and what it was about is not.
  package static let libraryIndexMissing = FailureCode(
    "library.index_missing", .configuration,
    "The library's catalogue is missing; it can be rebuilt from what is there.")
  /// A folder that is no whole backup.
  package static let libraryBadBackup = FailureCode(
    "library.bad_backup", .badMedia, "The folder is no whole backup of a library.")
  /// A folder that is used already.
  package static let libraryOccupied = FailureCode(
    "library.occupied", .conflict, "The folder that was named is not empty.")
  /// A saved place that is not one.
  package static let libraryBadPlace = FailureCode(
    "library.bad_place", .usage, "The work cannot be taken up where it was left.")
}
