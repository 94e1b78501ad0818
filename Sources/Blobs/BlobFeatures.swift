/// What one kind of blob store has and another has not.
package struct BlobFeatures: Sendable, Equatable {
  /// Whether each blob is a file of this machine (`localPath`).
  package let hasLocalPaths: Bool
  /// Whether blobs can be fetched by address (`url`).
  package let hasURLs: Bool
  /// Whether files can be taken in without being copied.
  package let linksFiles: Bool
  /// Whether blobs outlive the process.
  package let isLasting: Bool
}
