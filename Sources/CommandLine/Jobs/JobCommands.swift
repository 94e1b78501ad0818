import Engine
import Foundations
import Jobs
import Model

/// `mediary jobs`: long work, asked for here and done by workers.
enum JobCommands {
  static let group = CommandSpec(
    "jobs", "Ask for long work, follow it, and end it.",
    description: [
      "A job is kept in the library until a worker (`mediary worker`, on this machine) takes it. What is begun and "
        + "lost, by a crash or a cut of power, is taken up again where it was; what failed and may pass is tried again. "
        + "Everything that happens to a job is kept as an event and can be read again."
    ],
    seeAlso: ["worker"])

  static let all: [any Command.Type] = [
    JobSubmitCommand.self, JobListCommand.self, JobShowCommand.self, JobWatchCommand.self,
    JobCancelCommand.self, JobRetryCommand.self, JobLogsCommand.self,
  ]

  static let job = Argument("JOB", .id(JobID.self), "The id of a job.")
  static let jobs = Argument("JOB", .id(JobID.self), "The ids of jobs.").many()
}

extension CommandContext {
  /// Works with the jobs of the library that the settings name.
  func withJobs<R>(_ body: (JobEngine) throws -> R) throws -> R {
    let configuration = try configuration()
    return try withLibrary { open in try body(JobEngine(open, configuration)) }
  }
}

extension ExitStatus {
  /// What a script is told of how a job stands: 0 where it completed and found nothing wrong, 1 where
  /// it failed, lacks parts or found something, 130 where somebody ended it.
  init(_ job: Job) {
    switch job.state {
    case .completed: self = job.result?["ok"]?.bool == false ? .findings : .success
    case .failed, .partiallyCompleted: self = .findings
    case .cancelled: self = ExitStatus(number: StopReason.signal(2).exitStatus)
    case .created, .queued, .running, .waiting: self = .success
    }
  }
}
