package import Blobs
import Foundations
package import Model

/// Content whose blob is committed and whose facts are known, ready for the catalogue.
package struct PreparedAsset: Sendable {
  /// What goes into the catalogue.
  package let new: NewAsset
  /// The file it came from, for the cache of hashes; nil where it may still change unseen.
  package let file: FileIdentity?
}
