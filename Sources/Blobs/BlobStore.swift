package import Foundations

/// Where content lies, each once, under the name that its SHA-256 is.
///
/// One of the four seams: files on one machine, objects in S3 on many. What it promises stands in
/// `BlobsConformance`, which every store is tried with; what not every store has is declared in
/// `features`. All calls block and belong on threads of our own; `BlobStore+Lanes` takes them there.
///
/// A blob comes in three steps: an intake takes bytes in while it hashes them, `finish` gives a
/// staged blob that nobody sees, and `commit` gives it its name. Whoever refers to a blob commits
/// or renews it first and writes the reference after: from then on a sweep leaves it alone for its
/// grace, by whose end the reference is there.
package protocol BlobStore: Sendable {
  /// What this kind of store can do beyond the promises of all.
  var features: BlobFeatures { get }

  /// Begins to take in bytes that come piece by piece.
  func beginIntake(_ options: IntakeOptions) throws -> any BlobIntake

  /// Takes in a file of this machine; `blob.changed_while_read` where it does not keep still.
  ///
  /// The file stays, unless the options say otherwise.
  func take(
    _ file: FilePath, _ options: TakingOptions, stop: StopFlag?
  ) throws -> any StagedBlob

  /// Opens a blob for reading; `blob.not_found` where it is not there.
  func open(_ id: BlobID) throws -> any BlobContent

  /// What is known of a blob; nil where it is not there.
  func find(_ id: BlobID) throws -> BlobStatus?

  /// At most so many blobs after one of them, in order of their ids; from the first with nil.
  ///
  /// What comes or goes meanwhile may be in the list or not; all else is in it once.
  func list(after id: BlobID?, atMost count: Int) throws -> [BlobStatus]

  /// Makes a blob as young as one that was just committed; nil where it is not there.
  func renew(_ id: BlobID) throws -> BlobStatus?

  /// Removes a blob, unless it was committed or renewed less than `grace` ago.
  func delete(_ id: BlobID, unlessYoungerThan grace: Duration) throws -> BlobDeletion

  /// Reads a blob again and compares it with its name; a damaged one is put aside if asked.
  ///
  /// What is put aside is never deleted, and its name is free for the right bytes.
  func verify(_ id: BlobID, quarantining: Bool, stop: StopFlag?) throws -> BlobVerdict

  /// The file that holds a blob, to be read and linked but never written; nil where there is none.
  func localPath(of id: BlobID) -> FilePath?

  /// An address from which anybody can fetch a blob for so long; nil where there are none.
  func url(for id: BlobID, expiresAfter time: Duration) throws -> String?
}
