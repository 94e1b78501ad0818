package import Blobs
package import Foundations

/// One change that no run folder and no blob can tell, as a line of the journal.
///
/// Replayed in order over a catalogue rebuilt from blobs and run folders, they bring back all that
/// people typed. A line says what came of a change and not what was asked, so that replaying needs
/// no decisions and a line replayed twice does no harm.
package enum JournalEntry: Sendable, Equatable {
  /// An asset came, or came again.
  case origin(AssetOrigin, blob: BlobID)
  /// What people say of an asset, all of it.
  case notes(AssetID, name: String, user: String?, AssetNotes)
  case deleted(AssetID, at: Timestamp)
  case undeleted(AssetID)
  case purged(AssetID)
  case generation(Generation)
  case text(AssetID, kind: String, String?)
  case workflow(Workflow)
  case workflowDeleted(WorkflowID)
  case association(Association)
  case execution(Execution)
}
