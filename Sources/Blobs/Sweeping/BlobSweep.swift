/// What a sweep did, or would do.
package struct BlobSweep: Sendable, Equatable {
  /// How many blobs it saw.
  package var seen = 0
  /// How many were too young to be asked about.
  package var young = 0
  /// How many something refers to.
  package var referenced = 0
  /// How many it removed, or would have.
  package var deleted = 0
  /// How many bytes they had.
  package var bytes: Int64 = 0
}
