package import Blobs
package import Foundations
package import Model

/// Something that a verification found.
package enum VerifyFinding: Sendable, Equatable {
  /// The content of an asset is not there.
  case missing(AssetID, BlobID)
  /// What is stored is not what its name says; where it was put aside, nil where it was left.
  case damaged(BlobID, movedTo: FilePath?)
  /// Content that nothing refers to, older than the grace; a sweep removes it.
  case untracked(BlobID, bytes: Int64)
  /// Content that nothing refers to yet, younger than the grace: it is coming in, or was when its
  /// program ended.
  case inFlight(BlobID, bytes: Int64)
  /// Content that was missing or damaged, and was brought back from where it came from.
  case recovered(BlobID, from: FilePath)
  /// The catalogue is not whole.
  case database(String)

  /// Whether something is wrong that still is.
  package var isProblem: Bool {
    switch self {
    case .missing, .damaged, .database: true
    case .untracked, .inFlight, .recovered: false
    }
  }

  /// The word for it in reports.
  package var word: String {
    switch self {
    case .missing: "missing"
    case .damaged: "damaged"
    case .untracked: "untracked"
    case .inFlight: "in_flight"
    case .recovered: "recovered"
    case .database: "database"
    }
  }
}
