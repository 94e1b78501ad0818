import Foundations
import Jobs
import Model
import TestSupport
import Testing

extension JobFaults {
  @Suite("Joins")
  struct Joins {
    @Test(
      "a job of 400 parts is joined exactly once by eight workers, however often each end is told")
    func fanOut() async throws {
      try await onThread {
        let bench = try Bench(.sqlite)
        let id = try bench.submit("film")
        let film = JobKind("film") { context in
          guard context.isJoin else {
            let parts = (0..<400).map {
              NewChild(id: context.newID(), NewJob(kind: "part", input: .int($0)))
            }
            return .split(parts, stage: "joins")
          }
          let sum = try context.children().compactMap(\.result?.int).reduce(0, +)
          return .completed(.int(sum), saving: Effect.saving("join"))
        }
        let part = JobKind("part") { context in
          let number = context.input.int ?? 0
          return .completed(.int(number), saving: Effect.saving("part \(number)"))
        }
        // Each fifth answer to a write is lost, so that claims and ends are told twice.
        let (calls, unheard) = (Signal(), Signal())
        bench.store.onAnswer { call in
          guard call == .write else { return }
          calls.give()
          guard calls.value.isMultiple(of: 5) else { return }
          unheard.give()
          throw Trouble.passing
        }
        let workers = try (0..<8).map { _ in
          try bench.start(film, part) { $0.slots = 4 }
        }
        let job = try bench.end(of: id)
        #expect(job.state == .completed && job.result == .int(399 * 200))
        #expect(job.stage == "joins" && job.children.total == 400)
        bench.store.onAnswer { _ in }
        for worker in workers { _ = try worker.end() }
        let effects = try bench.effects()
        #expect(effects.count == 401 && effects.values.allSatisfy { $0 == 1 })
        let events = try bench.events(of: id)
        let joins = events.count { $0.payload["old"] == "waiting" && $0.payload["new"] == "queued" }
        #expect(joins == 1)
        tell(
          "a parent of 400 children, 8 workers",
          "\(unheard.value) answers lost and told again, \(joins) join, \(effects.count) effects, "
            + "\(401 - effects.count) lost, \(effects.values.count { $0 > 1 }) doubled")
      }
    }
  }
}
