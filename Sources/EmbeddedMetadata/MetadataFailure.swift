package import Foundations

/// Something about a file's metadata that cannot be done.
package struct MetadataFailure: Failure {
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

  /// The failure that content which contradicts its own format is.
  static func damaged(_ path: FilePath, _ what: String) -> MetadataFailure {
    MetadataFailure(.metadataDamaged, "\(path) is damaged: \(what)")
  }

  /// The failure that a format which cannot hold something is.
  static func unsupported(_ path: FilePath, _ what: String) -> MetadataFailure {
    MetadataFailure(
      .metadataUnsupported, "\(path): \(what)", hint: "write the metadata to a sidecar")
  }
}

extension FailureCode {
  /// The file says nothing of how it was made.
  package static let metadataNone = FailureCode(
    "metadata.none", .notFound, "Neither the file nor a sidecar holds metadata of how it was made.")
  /// Lengths, offsets or checks in the file contradict each other.
  package static let metadataDamaged = FailureCode(
    "metadata.damaged", .badMedia,
    "The file's structure contradicts itself, so its metadata cannot be read or written safely.")
  /// The format has no place for it.
  package static let metadataUnsupported = FailureCode(
    "metadata.unsupported", .badMedia, "The file's format or layout has no place for the metadata.")
  /// The text is no JSON object.
  package static let metadataNotJSON = FailureCode(
    "metadata.not_json", .usage, "The metadata to be written are not a JSON object.")
  /// Over a bound.
  package static let metadataTooLarge = FailureCode(
    "metadata.too_large", .usage, "The metadata are larger than is accepted.", httpStatus: 413)
  /// What was read back is not what was written.
  package static let metadataNotVerified = FailureCode(
    "metadata.not_verified", .internalError,
    "The metadata read back differ from those written; the file was left as it was.")
}
