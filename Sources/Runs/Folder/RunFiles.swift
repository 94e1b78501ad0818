package import Foundations

/// In which way a run's files share their content with the blobs: the setting `run_files`.
package enum RunFiles: String, Sendable, CaseIterable {
  /// As cheaply as the file system can: reflink, hard link, copy.
  case auto
  /// Files of their own that share blocks until they are changed; nothing where that cannot be.
  case reflink
  /// Second names of the blobs: whoever writes to one damages the content.
  case link
  /// Files of their own.
  case copy

  /// The ways in the order in which they are tried.
  package var ways: [FileCopy.Way] {
    switch self {
    case .auto: [.reflink, .hardLink, .copy]
    case .reflink: [.reflink]
    case .link: [.hardLink]
    case .copy: [.copy]
    }
  }
}
