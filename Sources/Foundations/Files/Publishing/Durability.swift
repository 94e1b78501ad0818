/// What a publish promises when it returns.
package enum Durability: String, Sendable, CaseIterable {
  /// The content and its name are on the disk: they survive a power cut.
  case durable
  /// Every reader sees the whole file, and it survives the end of this process; after a power cut
  /// it may be missing or empty. For what can be made again.
  case relaxed
}
