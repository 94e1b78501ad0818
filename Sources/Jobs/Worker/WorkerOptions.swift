package import Foundations

/// How a worker works.
package struct WorkerOptions: Sendable {
  /// By which its leases are known: of this process and no other.
  package var name: String
  /// How many jobs it does at once.
  package var slots = 2
  /// How long a job stays its without a heartbeat.
  package var lease = Duration.seconds(30)
  /// What it works on; all kinds that it knows where nil.
  package var kinds: Set<String>?
  /// From which queues; all where nil.
  package var queues: Set<String>?
  /// What it is able to do.
  package var capabilities: Set<String> = []
  /// How many jobs of one user may run, over all workers.
  package var perUser: Int?
  /// How much memory its jobs may take together, in bytes, by what they say.
  package var memory: Int64?
  /// Whether it ends once there is nothing more to do for it.
  package var drainsThenEnds = false
  /// How long running jobs may go on after a stop before they are stopped too, and given back.
  package var graceOfStopping = Duration.seconds(10)
  /// How long a job may go on after it was told to stop, before it counts as stuck.
  package var patience = Duration.seconds(30)
  /// How long jobs are kept that have ended.
  package var keepsJobs = Duration.seconds(30 * 86_400)
  /// How long events of progress are kept.
  package var keepsProgress = Duration.seconds(7 * 86_400)
  /// How long scratch folders are kept that nobody holds.
  package var keepsScratch = Duration.seconds(7 * 86_400)
  /// Where it tells what it does.
  package var log = Logger.silent

  /// Options with a name of the machine, the process, and chance.
  package init(random: any RandomSource = SystemRandom()) {
    name = "\(Machine.host):\(Machine.processNumber):\(random.name(length: 6))"
  }
}
