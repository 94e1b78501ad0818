/// What became of a blob that was to be removed.
package enum BlobDeletion: Sendable, Equatable {
  /// It is gone, and so many bytes with it.
  case deleted(bytes: Int64)
  /// It came or was renewed within the grace, and stays.
  case tooYoung
  /// It was not there.
  case absent
}
