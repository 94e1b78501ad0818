import Foundations
import Hashing

/// What an intake keeps of the bytes that go by: their number, their hash and their beginning.
final class IntakeTally {
  private let options: IntakeOptions
  // Nil once it is finished.
  private var hash: SHA256? = SHA256()
  private var head: [UInt8] = []
  private(set) var size: Int64 = 0

  init(_ options: IntakeOptions) { self.options = options }

  /// Counts bytes in; to be asked before they are stored, so that what is too much is not.
  func take(_ bytes: Span<UInt8>) throws(BlobFailure) {
    size += Int64(bytes.count)
    if let limit = options.limit, size > limit {
      throw BlobFailure(.blobTooLarge, "the content has more than the \(limit) bytes accepted")
    }
    if let expected = options.expectedSize, size > expected {
      throw BlobFailure(
        .blobUnexpected, "\(expected) bytes were announced, and at least \(size) came")
    }
    hash?.update(bytes)
    let wanted = min(bytes.count, BlobFacts.headSize - head.count)
    if wanted > 0 { head += bytes.extracting(first: wanted).copied }
  }

  /// What came, if it is what was announced.
  func finish() throws(BlobFailure) -> BlobFacts {
    if let expected = options.expectedSize, size != expected {
      throw BlobFailure(.blobUnexpected, "\(expected) bytes were announced, and \(size) came")
    }
    guard let hash = hash.take() else { throw BlobFailure.discarded("the intake") }
    let id = BlobID(hash.finish())
    if let expected = options.expectedID, expected != id {
      throw BlobFailure(.blobUnexpected, "\(expected) was announced, and \(id) came")
    }
    return BlobFacts(id: id, size: size, head: head)
  }
}
