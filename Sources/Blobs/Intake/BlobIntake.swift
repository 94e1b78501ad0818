/// Bytes on their way into a store, hashed as they go by; memory does not grow with them.
///
/// For one owner at a time. Letting go of it discards what came.
package protocol BlobIntake: AnyObject, Sendable {
  /// Takes more bytes; `blob.too_large` past the limit.
  ///
  /// Where it fails, everything that came is discarded.
  func append(_ bytes: Span<UInt8>) throws

  /// Ends it: the content with its name, not yet in the store.
  ///
  /// `blob.unexpected_content` where it is not what was announced.
  func finish() throws -> any StagedBlob

  /// Gives up what came; nothing where it is finished.
  func discard()
}

extension BlobIntake {
  /// Takes more bytes.
  package func append(_ bytes: [UInt8]) throws { try append(bytes.span) }
}

/// What is known of a content before it comes.
package struct IntakeOptions: Sendable {
  /// How many bytes will come; other numbers are refused.
  package var expectedSize: Int64?
  /// What will come; other content is refused.
  package var expectedID: BlobID?
  /// How many bytes are accepted.
  package var limit: Int64?

  /// Anything, of any size.
  package init(expectedSize: Int64? = nil, expectedID: BlobID? = nil, limit: Int64? = nil) {
    self.expectedSize = expectedSize
    self.expectedID = expectedID
    self.limit = limit
  }
}
