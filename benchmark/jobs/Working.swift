import Foundations
import Glibc
import Jobs
import Model
import Stores

/// Jobs of a kind that does nothing, asked for one by one, and worked off by a real worker.
struct Working {
  let store: SQLiteCatalogue
  let folder: FilePath

  func work(off count: Int, slots: Int) throws {
    let wakeups = FolderWakeups(folder.appending("wakeups"))
    let queue = JobQueue(store: store, wakeups: wakeups)
    try timed("asked") {
      for number in 0..<count {
        _ = try queue.submit(NewJob(kind: "nothing", input: ["number": .int(number)]))
      }
    }
    var options = WorkerOptions()
    options.slots = slots
    options.drainsThenEnds = true
    let worker = Worker(
      store: store, kinds: [JobKind("nothing") { _ in .completed(["size": 1]) }],
      wakeups: wakeups,
      folders: (scratch: folder.appending("scratch"), logs: folder.appending("logs")),
      options: options)
    try timed("worked") {
      let report = try worker.run(stop: StopFlag())
      guard report.completed == count else { fatalError("\(report)") }
    }
  }

  private func timed(_ what: String, _ body: () throws -> Void) throws {
    let (start, used) = (SystemTime().uptime, Self.processorSeconds)
    try body()
    let seconds = (SystemTime().uptime - start) / .seconds(1)
    print("\(what) \(seconds) s, processor \(Self.processorSeconds - used) s")
  }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
  }
}
