import Blobs
import Foundations
package import Model

extension RunStorage {
  /// Brings a run's folder, blobs and rows to agree: the folder is the truth, the rows follow.
  ///
  /// What a crash left half done is finished; damaged metadata is put aside and made again; files
  /// that were lost come back from their blobs. Nothing is removed. Also the way in which a
  /// catalogue is built again, run by run.
  package func reconcile(_ id: RunID) throws -> RunReconciliation {
    try examine(id, isDryRun: false)
  }

  /// Tells what `reconcile` would do, and changes nothing.
  ///
  /// Who changes the run is waited for, so that nothing half done is told of. What an output is that
  /// would be adopted is told by its first bytes; a closer look may refuse it yet.
  package func inspect(_ id: RunID) throws -> RunReconciliation {
    try examine(id, isDryRun: true)
  }

  private func examine(_ id: RunID, isDryRun: Bool) throws -> RunReconciliation {
    for _ in 0..<Self.attempts {
      var reconciler = RunReconciler(self, id, isDryRun: isDryRun)
      do {
        switch try place(of: id) {
        case .live: try locked(id) { try reconciler.reconcile($0) }
        case .trashed: try locked(id, in: trash()) { try reconciler.reconcileTrash($0) }
        case .archived(let path): try reconciler.reconcileArchive(path)
        case nil: try reconciler.forget()
        }
        return reconciler.report
      } catch let error as RunFailure where error.isOfMoved {
        // It was moved between the look and the lock.
        continue
      }
    }
    throw Self.restless(id)
  }
}

extension RunFailure {
  /// Whether it says that a run is not where it was looked for.
  var isOfMoved: Bool {
    [.runNotFound, .runDeleted, .runArchived, .runNotDeleted].contains(code)
  }
}
