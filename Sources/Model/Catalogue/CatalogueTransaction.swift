package import Blobs
package import Foundations

/// What can be done to a catalogue, inside one transaction, which sees its own changes.
///
/// What is to be changed and is not there throws `library.not_found`. Whatever no run folder and no
/// blob tells is written to the journal by the store itself, so that no caller can forget it.
package protocol CatalogueTransaction: CatalogueReading, JobTransaction {
  /// Adds content, or one more origin of content that is there.
  ///
  /// The index of contents decides which, so that of eight at once one is new. Content in the trash
  /// lives again. An id that stands for other content is a conflict. The generation is added either
  /// way, unless the asset has an equal one.
  func addAsset(_ new: NewAsset, id: AssetID) throws -> AddedAsset
  /// Changes what people say of an asset.
  func changeAsset(_ id: AssetID, _ change: AssetChange) throws -> Asset
  /// Changes what is known of an asset's bytes.
  func setFacts(of id: AssetID, _ facts: AssetFacts) throws
  /// Moves an asset to the trash; refused while something refers to it, unless forced.
  func deleteAsset(_ id: AssetID, at time: Timestamp, evenIfReferenced: Bool) throws
  /// Brings an asset back from the trash.
  func undeleteAsset(_ id: AssetID) throws
  /// Forgets an asset in the trash for good, with all that hangs on it.
  func purgeAsset(_ id: AssetID) throws
  /// Adds a generation, or replaces the one of its id.
  func putGeneration(_ generation: Generation) throws
  /// Puts a text that others made of an asset beside its own for the search: a transcript, text on
  /// the screen. Nil takes it away.
  func setText(of id: AssetID, _ kind: String, _ text: String?) throws

  /// Adds a run or brings it to what its folder says, with all its outputs.
  func putRun(_ run: Run, outputs: [RunOutput]) throws
  /// Brings a run to what its folder says now that outputs came behind those it has.
  ///
  /// The cost does not grow with the outputs that are there, where the store can help it.
  func addOutputs(_ outputs: [RunOutput], to run: Run) throws
  /// Forgets a run; its outputs' assets stay.
  func purgeRun(_ id: RunID) throws

  /// Adds a workflow or replaces it; a changed definition is a new version.
  func putWorkflow(_ workflow: Workflow) throws -> Workflow
  /// Forgets a workflow with its versions, executions and associations.
  func deleteWorkflow(_ id: WorkflowID) throws
  /// Adds an association; one that is there already stays as it is.
  func associate(_ association: Association) throws
  /// Adds an execution or replaces it, and sets when its workflow was last executed.
  func putExecution(_ execution: Execution) throws

  /// Keeps the hash of a file, for as long as the file does not change.
  func remember(_ file: FileIdentity, _ blob: BlobID) throws
  /// Makes a change that the journal tells, without telling the journal again; false where what it
  /// is about is not there.
  ///
  /// For building a catalogue again, in the journal's order. An asset that comes needs its content,
  /// which the journal does not hold. What has been made already is not made twice.
  @discardableResult
  func replay(_ entry: JournalEntry, content: KnownContent?) throws -> Bool
}

/// What the bytes of an asset tell, for building the catalogue again.
package struct KnownContent: Sendable {
  package let size: Int64
  package let facts: AssetFacts

  /// A content by its parts.
  package init(size: Int64, facts: AssetFacts) {
    self.size = size
    self.facts = facts
  }
}
