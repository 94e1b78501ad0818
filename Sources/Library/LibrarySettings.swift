package import Foundations

/// What a library is held to.
package struct LibrarySettings: Sendable {
  /// When it is looked what a picture or film looks like.
  package enum Looking: String, Sendable, CaseIterable {
    /// While it is taken in.
    case atOnce = "at_once"
    /// By `Care.lookAtAll`, when there is time.
    case later
  }

  /// How many bytes all content may have, in the trash too; nil for as many as the disk holds.
  package var quota: Int64?
  /// How many bytes the content of one user may have.
  package var userQuota: Int64?
  /// From which part of a quota on it is warned.
  package var warnsFrom = 0.9
  /// How many bytes one content may have.
  package var largestContent: Int64?
  package var looking = Looking.atOnce
  /// Whether what comes in survives a power cut before it is told to be in.
  package var durability = Durability.durable
  /// How long what nothing refers to is kept all the same.
  package var grace = Duration.seconds(86_400)

  /// No quotas, everything at once.
  package init() {}
}
