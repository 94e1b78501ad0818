import Foundations
import Jobs
import TestSupport
import Testing

@Suite("Wake-ups among processes", .timeLimit(.minutes(5)))
struct WakeupProcessTests {
  @Test("wake-ups reach another process within 200 ms")
  func wakeups() async throws {
    let folder = try TemporaryFolder()
    async let listener = #expect(processExitsWith: .success) {
      [path = folder.path as String] in
      try Site.listen(FilePath(path))
    }
    try await onThread {
      let (up, down) = (FilePath(folder("up")), FilePath(folder("down")))
      let (call, answer) = (FolderWakeups(up), FolderWakeups(down))
      var count = answer.count
      // No call comes before it listens, so that each answer is to the call before it.
      try Site.wait(for: "listens", in: FilePath(folder.path))
      var times: [Duration] = []
      for _ in 0..<20 {
        let start = SystemTime().uptime
        call.wake()
        count = answer.wait(after: count, atMost: .seconds(10), stop: StopFlag())
        times.append(SystemTime().uptime - start)
      }
      // There and back again.
      print("wake-ups there and back: \(times.sorted()[10])")
      #expect(times.sorted()[10] < .milliseconds(200))
    }
    _ = await listener
  }
}
