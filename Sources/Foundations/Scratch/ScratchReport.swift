/// What was removed, and what could not be.
package struct ScratchReport: Sendable {
  /// The scratch folders that are gone.
  package var removed: [FilePath] = []
  /// What is still there, the first hundred of each folder.
  package var kept: [FolderRemoval.Kept] = []
}
