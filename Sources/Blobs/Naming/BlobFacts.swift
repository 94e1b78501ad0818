/// What is known of a content once all of it has gone by.
package struct BlobFacts: Sendable, Equatable {
  /// Its name.
  package let id: BlobID
  /// How many bytes it has.
  package let size: Int64
  /// Its first bytes, by which its type is told; all of them where there are few.
  package let head: [UInt8]

  /// How many bytes a head has at most.
  package static let headSize = 16 << 10
}
