package import Foundations

/// What a write, a strip or a copy did.
package struct MetadataWriting: Sendable, Equatable {
  /// The file.
  package let path: FilePath
  /// Where in the file the text stands: `png:iTXt comment`; nil where it was not put there.
  package var place: String?
  /// The file beside it that holds the text, where there is one.
  package var sidecar: FilePath?
  /// The file's size afterwards.
  package var bytes: Int64
  /// How the file was changed.
  package var method: MetadataPlan.Method
  /// What the caller should know: why a sidecar was written instead.
  package var note: String?

  /// What was done, by its parts.
  package init(
    path: FilePath, place: String? = nil, sidecar: FilePath? = nil, bytes: Int64,
    method: MetadataPlan.Method, note: String? = nil
  ) {
    self.path = path
    self.place = place
    self.sidecar = sidecar
    self.bytes = bytes
    self.method = method
    self.note = note
  }
}

/// What a write would do.
package struct MetadataPlan: Sendable, Equatable {
  /// How a file is changed.
  package enum Method: String, Sendable {
    /// A new file takes the old one's place; what did not change is copied inside the kernel.
    case copy
    /// The old file is changed in its place, in a way that a crash cannot tear.
    case patch
    /// It is left as it is.
    case untouched
  }

  /// What the file is by its first bytes, nil where it is of no kind that is known.
  package let format: ContainerKind?
  /// Where in the file the text would stand.
  package var place: String?
  /// The file beside it that would hold the text.
  package var sidecar: FilePath?
  /// How the file would be changed.
  package var method: Method
  /// The file's size afterwards.
  package var bytes: Int64
  /// Why a sidecar would be written instead.
  package var note: String?
}
