package import Foundations

/// What a second look at a blob found.
package enum BlobVerdict: Sendable, Equatable {
  /// The bytes are those that the name stands for.
  case sound(size: Int64)
  /// They are not; the file is where they were put aside, nil where they stay or are no file.
  case damaged(movedTo: FilePath?)
  /// There is no such blob.
  case missing
}
