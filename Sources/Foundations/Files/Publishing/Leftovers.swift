/// What killed processes left beside a target.
package enum Leftovers {
  /// Whose process lives is known by a lock; the age is for disks whose locks do not reach here.
  private static let age = Duration.seconds(60)

  /// Removes them; a folder that cannot be looked at is told of by the write itself.
  package static func sweep(beside path: FilePath) {
    guard let folder = try? Folder.open(path.parent) else { return }
    _ = try? StagedFile.sweep(folder, olderThan: age, clock: SystemTime())
  }
}
