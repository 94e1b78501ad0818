import Foundation
import Foundations
import Jobs
import Model
import TestSupport
import Testing

extension JobFaults {
  @Suite("Wake-ups that are lost")
  struct LostWakeups {
    @Test("a worker whose folder of wake-ups is deleted while it waits hears of jobs all the same")
    func deleted() async throws {
      try await onThread {
        let folder = try TemporaryFolder()
        let path = folder("work/wakeups")
        let bench = try Bench(.sqlite, wakeups: FolderWakeups(FilePath(path)))
        // As another process has them.
        let theirs = FolderWakeups(FilePath(path))
        let queue = JobQueue(store: bench.store, wakeups: theirs)
        let worker = try bench.start(JobKind("job") { _ in .completed(1) })
        var times: [Duration] = []
        for round in 0..<10 {
          // With work behind it, it waits.
          _ = try bench.end(of: queue.submit(NewJob(kind: "job")).job.id)
          try FileManager.default.removeItem(atPath: path)
          if round.isMultiple(of: 2) {
            try FileManager.default.createDirectory(
              atPath: path, withIntermediateDirectories: true)
          }
          let start = SystemTime().uptime
          let id = try queue.submit(NewJob(kind: "job")).job.id
          // Nothing but the worker's own wait ends this one.
          let tick = Monitor(())
          while try bench.job(id).isOpen, SystemTime().uptime - start < longestWait {
            let _: Void? = tick.wait(atMost: .milliseconds(2)) { _ in nil }
          }
          #expect(try bench.job(id).state == .completed)
          times.append(SystemTime().uptime - start)
        }
        #expect(try worker.end().completed == 20)
        // They look after their folder each second.
        #expect(times.sorted()[5] < .seconds(3))
        tell(
          "the folder of wake-ups deleted",
          "10 times, 20 jobs completed, 0 lost, the longest wait "
            + "\(Int((times.max() ?? .zero) / .milliseconds(1))) ms")
      }
    }
  }
}
