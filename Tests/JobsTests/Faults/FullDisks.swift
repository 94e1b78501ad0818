import Foundations
import Jobs
import Model
import TestSupport
import Testing

extension JobFaults {
  @Suite("A full disk")
  struct FullDisks {
    private static let databaseFull = "database.full"
    // Larger than what a page of the database, or its log, has left.
    private static let text = JSONValue.string(String(repeating: "a cat ", count: 10_000))

    @Test("one that is full when a job ends: its worker tells it again, and it ends once")
    func acknowledging() async throws {
      try await onThread {
        let disk = try ElasticDisk()
        let bench = try Bench(.sqlite, at: disk.path)
        let (full, ran) = (Monitor(Int64(0)), Signal())
        let worker = try bench.start(
          JobKind("save") { context in
            ran.give()
            // Between the claim and the end.
            try disk.fill(leaving: full.withLock { $0 })
            return .completed(Self.text, saving: Effect.saving(context.job.id.text))
          }
        ) { $0.slots = 1 }
        var (ids, fullAtEnd) = ([JobID](), 0)
        let rounds = 60
        for round in 0..<rounds {
          full.withLock { $0 = Int64(round % 30) }
          let refused = bench.store.refusals.values.count
          let id = try bench.submit("save")
          try bench.wait(for: id) {
            !$0.isOpen || bench.store.refusals.values.count > refused
          }
          if try bench.job(id).isOpen { fullAtEnd += 1 }
          try disk.empty()
          let job = try bench.end(of: id)
          #expect(job.state == .completed && job.attempts == 1 && job.crashes == 0)
          ids.append(id)
        }
        let report = try worker.end()
        #expect(report.completed == rounds && report.lost == 0 && report.failed == 0)
        #expect(ran.value == rounds && fullAtEnd > 10)
        #expect(Set(bench.store.refusals.values.map(\.name)) == [Self.databaseFull])
        let effects = try bench.effects()
        #expect(effects == Dictionary(uniqueKeysWithValues: ids.map { ($0.text, 1) }))
        #expect(try bench.store.problems(stop: nil) == [])
        JobFaults.tell(
          "a disk full while an end is told",
          "\(rounds) ends, \(fullAtEnd) refused at first, "
            + "\(bench.store.refusals.values.count) refusals, \(effects.count) effects, "
            + "\(rounds - effects.count) lost, \(effects.values.count { $0 > 1 }) doubled")
      }
    }

    @Test("one that is full when a job is asked for: that is told clearly, and nothing is there")
    func submitting() async throws {
      try await onThread {
        let disk = try ElasticDisk()
        let bench = try Bench(.sqlite, at: disk.path)
        var (asked, refused) = (0, 0)
        for pages in Int64(0)..<60 {
          try disk.fill(leaving: pages)
          do {
            _ = try bench.submit("save", Self.text)
            asked += 1
          } catch let failure as any Failure {
            refused += 1
            #expect(failure.code.name == Self.databaseFull && failure.kind == .unavailable)
            #expect(failure.message.contains("mediary.db") && failure.hint?.isEmpty == false)
          }
          #expect(try bench.queue.list(atMost: 100).items.count == asked)
          try disk.empty()
        }
        #expect(refused > 10 && asked > 10)
        _ = try bench.submit("save", Self.text)
        #expect(try bench.drain(JobKind("save") { _ in .completed(1) }).completed == asked + 1)
        #expect(try bench.store.problems(stop: nil) == [])
        JobFaults.tell(
          "a disk full while a job is asked for",
          "\(asked + refused) asked for, \(refused) refused with nothing left of them, "
            + "\(asked) there, 0 lost")
      }
    }
  }
}
