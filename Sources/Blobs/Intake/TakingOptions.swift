package import Foundations

/// How a file of this machine is taken in.
package struct TakingOptions: Sendable {
  /// The ways that are allowed, in the order in which they are tried.
  ///
  /// With a hard link, the file itself becomes the blob: its permissions become 0444, its time that
  /// of the commit, and whoever writes to it damages the blob. That is for files that are ours.
  package var ways: [FileCopy.Way] = [.reflink, .copy]
  /// Whether the file is removed once its content is committed: a move.
  package var removesSource = false
  /// What is known of the content.
  package var intake = IntakeOptions()

  /// A copy that shares the blocks where the file system can; the file stays.
  package init(
    ways: [FileCopy.Way] = [.reflink, .copy], removesSource: Bool = false,
    intake: IntakeOptions = IntakeOptions()
  ) {
    precondition(!ways.isEmpty, "a file is taken in some way")
    self.ways = ways
    self.removesSource = removesSource
    self.intake = intake
  }

  /// A file that goes into the store and is gone from where it was.
  package static let moving = TakingOptions(ways: [.hardLink, .copy], removesSource: true)
}
