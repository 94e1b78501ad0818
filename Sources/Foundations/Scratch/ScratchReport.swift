/// What was removed, and what could not be.
package struct ScratchReport: Sendable {
  /// Something that could not be removed.
  package struct Kept: Sendable {
    /// What it is.
    package let path: FilePath
    /// Why it is still there.
    package let why: FileFailure
  }

  /// The scratch folders that are gone.
  package var removed: [FilePath] = []
  /// What is still there, the first hundred of each folder.
  package var kept: [Kept] = []
}
