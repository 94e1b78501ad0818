import Foundations
import Jobs
import Model
import Stores
import TestSupport

/// A reader of a site's jobs with a connection of its own, and what it saw that cannot be.
struct JobWatch: Sendable {
  // Between two looks: whoever polls leaves the cores to the workers.
  private static let pause = Duration.milliseconds(100)
  private static let ranks: [JobState: Int] = [
    .created: 0, .queued: 1, .running: 2, .completed: 3,
  ]

  private(set) var (statuses, pages, events) = (0, 0, 0)
  /// How often each job was told to have completed.
  private(set) var completed: [JobID: Int] = [:]
  private(set) var faults: [String] = []
  private var sequence: Int64 = 0
  private var numbers: [JobID: Int] = [:]
  private var last: [JobID: Job] = [:]
  private var cursor: PageCursor?
  private var walked: Set<JobID> = []

  /// Looks again and again until it is told to stop, and then at all events that are left.
  static func look(in folder: String, seed: UInt64, until over: StopFlag) throws -> JobWatch {
    let store = try Bench.openCatalogue(FilePath(folder))
    defer { store.finish() }
    var (watch, random) = (JobWatch(), Seeded(seed: seed))
    let tick = Monitor(())
    while !over.isStopped {
      do {
        try watch.readEvents(store)
        try watch.readPage(store)
        try watch.readStatuses(store, &random)
      } catch {
        watch.faults.append("\(error)")
      }
      let _: Void? = tick.wait(atMost: pause) { _ in nil }
    }
    while try watch.readEvents(store) {}
    return watch
  }

  /// Reads the next events; whether there were any.
  @discardableResult
  private mutating func readEvents(_ store: SQLiteCatalogue) throws -> Bool {
    let news = try store.readJobs { try $0.jobEvents(after: sequence, atMost: 1_000) }
    for event in news {
      if event.sequence <= sequence { faults.append("event \(event.sequence) out of turn") }
      sequence = event.sequence
      let expected = (numbers[event.job] ?? 0) + 1
      if event.number != expected {
        faults.append("event \(event.number) of \(event.job) instead of \(expected)")
      }
      numbers[event.job] = event.number
      if event.kind == .completed { completed[event.job, default: 0] += 1 }
    }
    events += news.count
    return !news.isEmpty
  }

  /// Reads the next page of a walk over all, the newest first.
  private mutating func readPage(_ store: SQLiteCatalogue) throws {
    let page = try store.readJobs { try $0.jobs(JobFilter(), after: cursor, atMost: 200) }
    for job in page.items {
      if !walked.insert(job.id).inserted { faults.append("\(job.id) twice in one walk") }
      compare(job)
    }
    cursor = page.next
    if cursor == nil { walked = [] }
    pages += 1
  }

  private mutating func readStatuses(_ store: SQLiteCatalogue, _ random: inout Seeded) throws {
    for _ in 0..<10 {
      guard let id = numbers.randomElement(using: &random)?.key else { return }
      guard let job = try store.readJobs({ try $0.job(id) }) else {
        faults.append("\(id) is gone")
        continue
      }
      compare(job)
      statuses += 1
    }
  }

  private mutating func compare(_ job: Job) {
    defer { last[job.id] = job }
    guard let old = last[job.id] else { return }
    let isBack =
      (Self.ranks[job.state] ?? -1) < (Self.ranks[old.state] ?? 0) || job.epoch < old.epoch
      || job.lastEvent < old.lastEvent
    if isBack { faults.append("\(job.id) went from \(old.state) back to \(job.state)") }
  }
}
