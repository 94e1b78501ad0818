import Foundations
import Model

/// What the threads of a worker share.
struct WorkerState {
  var held: [JobTicket: HeldJob] = [:]
  /// How often anything outside may have changed.
  var wakes = 0
  /// Whether a job has come that something may have changed for before its worker knew of it.
  var isUnheard = false
  /// Whether an idle slot is to look for a job.
  var isTurnOffered = false
  /// How many slots are looking.
  var looking = 0
  /// How many slots have done a job and have not come to look for the next.
  var between = 0
  /// The latest time at which there was nothing to be had.
  var nothingAt: Timestamp?
  /// How often the worker came to have nothing and to find nothing.
  var quiets = 0
  /// No more jobs are taken.
  var isStopping = false
  /// Jobs that come now are to stop at once.
  var hurry: StopReason?
  /// All threads are to end.
  var isOver = false
  var threads = 0
  var pauses: [String: Duration] = [:]
  var toldAt: Duration?
  /// Whether there are news that nobody was woken for.
  var owesWake = false
  var report = WorkerReport()

  var stuckCount: Int { held.values.count { $0.isStuck } }

  /// Whether no slot has a job, looks for one, or is about to.
  var isQuiet: Bool { held.isEmpty && looking + between == 0 && !isTurnOffered }

  /// Whether there is no job left that will end.
  var isWoundDown: Bool { held.count == stuckCount && looking == 0 }

  /// The memory that the jobs it has take.
  var memory: Int64 { held.values.reduce(0) { $0 + $1.job.asked.memory } }
}
