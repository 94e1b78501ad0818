package import Foundations
package import Jobs
import Library
package import Model

/// The jobs of an open library: which there are, how they are asked for, and who does them.
package struct JobEngine: Sendable {
  package let queue: JobQueue
  private let open: OpenLibrary
  private let configuration: Configuration
  private let wakeups: FolderWakeups
  private let offered: [any OfferedJob]

  /// The jobs of a library, as the configuration has it.
  package init(_ open: OpenLibrary, _ configuration: Configuration) {
    self.open = open
    self.configuration = configuration
    // One for the process: who submits and who works in it wake each other by it too.
    wakeups = FolderWakeups(
      open.library.folder.path(of: .work).appending("wakeups"))
    queue = JobQueue(store: open.catalogue, wakeups: wakeups)
    offered = [
      HashVerifyJob(library: open.library), ThumbnailJob(open: open),
      EncodeJob(open: open, shop: EncodeShop(configuration)),
    ]
  }

  /// The kinds that can be asked for.
  package var kinds: [String] { offered.map(\.name).sorted() }

  /// Asks for a job; refuses one that nobody could do.
  package func submit(_ request: JobRequest) throws -> SubmittedJob {
    let work = try offer(request.kind)
    for (member, _) in request.input.members where !work.members.contains(member) {
      throw JobEngineFailure(unknownMember: member, of: work.name, known: work.members)
    }
    var planned = try work.plan(JobInput(kind: work.name, object: request.input))
    planned.job.priority = request.priority
    planned.job.user = request.user
    planned.job.runAt = request.runAt
    return try queue.submit(planned.job, isFresh: planned.isFresh || request.isFresh)
  }

  private func offer(_ kind: String) throws -> any OfferedJob {
    guard let work = offered.first(where: { $0.name == kind }) else {
      throw JobEngineFailure(unknownKind: kind, known: kinds)
    }
    return work
  }

  /// What a worker is, unless it is told otherwise.
  package func workerOptions() -> WorkerOptions {
    var options = WorkerOptions()
    options.lease = configuration[MediarySettings.jobLease]
    options.slots =
      configuration[MediarySettings.workerSlots] ?? configuration[MediarySettings.parallelJobs]
    return options
  }

  /// The kinds behind names, those of their parts included; unknown names are refused.
  package func kinds(named names: [String]) throws -> Set<String> {
    Set(try names.flatMap { try offer($0).kinds.map(\.name) })
  }

  /// A worker for the library's jobs.
  package func worker(_ options: WorkerOptions) -> Worker {
    let folder = open.library.folder
    return Worker(
      store: open.catalogue, kinds: offered.flatMap(\.kinds), wakeups: wakeups,
      folders: (
        scratch: folder.path(of: .work).appending("jobs"), logs: folder.path(of: .logs)
      ),
      options: options)
  }

  /// The number over all of the newest event; 0 before the first.
  package func lastEvent() throws -> Int64 {
    try open.catalogue.readJobs { try $0.lastJobEvent() }
  }

  /// The files of a job's log, oldest first; none where it has said nothing.
  package func logFiles(of job: JobID) throws -> [FilePath] {
    guard let name = FileName(text: job.text) else { return [] }
    return try LogFolder(open.library.folder.path(of: .logs), format: .json).files(of: name)
  }
}
