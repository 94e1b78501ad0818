import Foundations
import Glibc
import Jobs
import Model
import Stores
import TestSupport
import Testing

extension JobFaults {
  @Suite("kill -9")
  struct KilledWorkers {
    @Test("workers that are killed at any moment leave each effect in the books once")
    func killed() async throws {
      let folder = try TemporaryFolder()
      let site = try await Site.opened(folder.path)
      var random = Seeded()
      print("workers that are killed: SEED=\(random.seed)")
      var ids: [JobID] = []
      let (rounds, workers) = (50, 4)
      for _ in 0..<rounds {
        ids += try await site.submitted(Array(repeating: "step", count: 40) + ["split"])
        let times = (0..<workers).map { _ in Int.random(in: 0...100_000, using: &random) }
        await withTaskGroup(of: Void.self) { tasks in
          for (number, time) in times.enumerated() {
            tasks.addTask {
              await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = folder.path as String, time = time as Int, number = number as Int] in
                // A slow machine needs all of that only to start: half of them count from their first
                // job.
                try Site(path).workUntilKilled(
                  after: .microseconds(time), atWork: number.isMultiple(of: 2))
              }
            }
          }
        }
      }
      // Two that live do the rest.
      await withTaskGroup(of: Void.self) { tasks in
        for _ in 0..<2 {
          tasks.addTask {
            await #expect(processExitsWith: .success) { [path = folder.path as String] in
              try Site(path).drain()
            }
          }
        }
      }
      try await onThread { [ids] in
        try Self.examine(site, ids, kills: rounds * workers)
        site.store.finish()
      }
    }

    private static func examine(_ site: Site, _ ids: [JobID], kills: Int) throws {
      let counts = try site.counts()
      let crashes = try site.crashes()
      // Many processes die while they have jobs, or the test tries nothing.
      #expect(crashes > kills / 8)
      #expect(Set(counts.keys) == [.completed], "\(counts)")
      let effects = try Effect.counts(site.store)
      let jobs = counts.values.reduce(0, +)
      #expect(effects.values.allSatisfy { $0 == 1 })
      #expect(Set(effects.keys).isSuperset(of: ids.map(\.text)))
      #expect(effects.count == jobs)
      #expect(try site.store.problems(stop: nil) == [])
      let doubled = effects.values.count { $0 > 1 }
      tell(
        "kill -9",
        "\(kills) instants, \(crashes) jobs cut short, \(effects.count) effects, "
          + "\(jobs - effects.count) lost, \(doubled) doubled")
    }
  }
}
