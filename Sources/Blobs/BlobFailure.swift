package import Foundations

/// Something about a blob or its store that cannot be done.
package struct BlobFailure: Failure {
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

  /// The failure that a missing blob is.
  static func notFound(_ id: BlobID) -> BlobFailure {
    BlobFailure(.blobNotFound, "there is no blob \(id)", hint: "add the file again")
  }

  /// The failure that a second use of something that is finished or discarded is.
  static func discarded(_ what: String) -> BlobFailure {
    BlobFailure(
      .blobDiscarded, "\(what) is finished or discarded", hint: "take the content in again")
  }
}

extension FailureCode {
  /// No such blob.
  package static let blobNotFound = FailureCode(
    "blob.not_found", .notFound, "The store has no content of that SHA-256.")
  /// What is stored is not what its name says.
  package static let blobDamaged = FailureCode(
    "blob.damaged", .internalError, "What is stored is not the content that its name stands for.")
  /// A text that is no SHA-256.
  package static let blobIDMalformed = FailureCode(
    "blob.id_malformed", .usage, "The name of a content is 64 hexadecimal digits.")
  /// The file was written to while it was read.
  package static let blobChanged = FailureCode(
    "blob.changed_while_read", .conflict, "The file changed while it was taken in.")
  /// Other bytes than were announced.
  package static let blobUnexpected = FailureCode(
    "blob.unexpected_content", .badMedia, "The bytes are not of the size or SHA-256 announced.")
  /// More bytes than are accepted.
  package static let blobTooLarge = FailureCode(
    "blob.too_large", .usage, "The content is larger than is accepted.", httpStatus: 413)
  /// Used after its end.
  package static let blobDiscarded = FailureCode(
    "blob.discarded", .conflict, "The content taken in is not kept any more; it has to come again.")
  /// A part that lies outside the blob.
  package static let blobBadRange = FailureCode(
    "blob.bad_range", .usage, "The part asked for lies outside of the content.", httpStatus: 416)
  /// Stored, but the file it came from stays.
  package static let blobSourceKept = FailureCode(
    "blob.source_kept", .denied, "The content is stored, but the file could not be moved away.")
  /// The store is not there.
  package static let blobStoreAbsent = FailureCode(
    "blob.store_absent", .unavailable,
    "The folder of the store is not there; its disk may not be mounted.")
  /// Two file systems where one is needed.
  package static let blobStoreSplit = FailureCode(
    "blob.store_split", .configuration,
    "The folders of one store lie on different file systems, so nothing can be moved between them.")
}
