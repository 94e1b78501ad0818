package import Foundations
package import Model

/// What a job's work is given, and where it tells how it goes.
package struct JobContext: Sendable {
  /// The job as it was given to the worker.
  package let job: Job
  /// Raised when the work is to end: somebody wants that, the worker stops, or the job has gone to
  /// another.
  package let stop: StopFlag
  /// The job's own log, `logs/<job>.log`, as JSON Lines; and the worker's.
  package let log: Logger
  let held: HeldJob
  let desk: JobDesk
  let store: any CatalogueStore
  let ids: IDMaker

  /// What the job was asked to do.
  package var input: JSONValue { job.asked.input }
  /// Whether its children are over and it is to join what they made.
  package var isJoin: Bool { job.isJoin }

  /// Where it tells how far it has come, as often as it likes; the time left is reckoned from it.
  package var progress: ProgressSink { ProgressSink { [held] in held.note($0) } }

  /// Tells what it is at, in the words of its kind.
  package func stage(_ stage: String) { held.note(stage: stage) }

  /// Tells what else there is to know of its progress; members that were told before are replaced.
  package func event(_ details: JSONObject) {
    if !held.note(details: details) {
      log.warning("details of progress are too large and were dropped")
    }
  }

  /// A folder of its own, made at first use, and removed after the job.
  package var scratch: FilePath { get throws { try desk.scratchFolder().path } }

  /// A new id, as for a child.
  package func newID() -> JobID { JobID(ids.uuid()) }
}
