import Foundations
import Model

/// The jobs that a catalogue in memory holds, as plain as can be.
struct MemoryJobs: Sendable {
  var jobs: [JobID: MemoryState.Placed<Job>] = [:]
  var events: [JobEvent] = []
  var lastSequence: Int64 = 0
  var schedules: [ScheduleID: JobSchedule] = [:]

  /// All jobs in the order they came.
  var inOrder: [MemoryState.Placed<Job>] { jobs.values.sorted { $0.row < $1.row } }

  /// The jobs that are wanted, in the order they came.
  func all(_ isWanted: (Job) -> Bool) -> [Job] { inOrder.map(\.thing).filter(isWanted) }
}
