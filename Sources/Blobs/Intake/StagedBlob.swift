package import Foundations

/// A whole content that nobody sees yet.
///
/// For one owner at a time. Letting go of it without a commit discards it.
package protocol StagedBlob: AnyObject, Sendable {
  /// What is known of it.
  var facts: BlobFacts { get }

  /// The identity of the file it was taken from, for the cache of hashes; nil where it came
  /// otherwise or the file is changed by being stored.
  var source: FileIdentity? { get }

  /// Puts it into the store, where it then is once however many commit it at once.
  ///
  /// A second commit succeeds as long as the blob is there. One that failed may be tried again:
  /// it fails with `blob.discarded` where the content was lost with the failure. After
  /// `file.not_durable` the blob is in the store, but might not survive a power cut.
  func commit(_ durability: Durability) throws -> BlobCommit

  /// Gives it up; nothing where it is committed.
  func discard()
}

extension StagedBlob {
  /// Puts it into the store so that it survives a power cut.
  @discardableResult
  package func commit() throws -> BlobCommit { try commit(.durable) }
}

/// What a commit found.
package enum BlobCommit: String, Sendable {
  /// The store had no such content before.
  case stored
  /// The store had it already, and keeps it as if it had just come.
  case alreadyThere
}
