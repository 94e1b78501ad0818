package import Foundations
package import Model

/// What came of one folder that looked like a run.
package enum RunImport: Sendable {
  /// It is a run of the library now; `missing` are files that its metadata named and that are gone,
  /// `refused` those whose bytes are not what they were said to be, kept as plain files.
  case imported(RunID, from: FilePath, outputs: Int, missing: [String], refused: [String])
  /// A run of its id is in the library already.
  case alreadyThere(RunID, from: FilePath)
  /// It could not be read; nothing of it was taken.
  case failed(FilePath, any Error)
}
