import Foundations
import Jobs
import Model
import TestSupport
import Testing

@Suite("How a job ends", .timeLimit(.minutes(5)))
struct EndingTests {
  @Test("a result and what was saved with it appear together", arguments: Backend.allCases)
  func together(backend: Backend) async throws {
    try await onThread {
      let bench = try Bench(backend)
      let id = try bench.submit("add", ["a": 2, "b": 3])
      let report = try bench.drain(
        JobKind("add") { context in
          let sum = (context.input["a"]?.int ?? 0) + (context.input["b"]?.int ?? 0)
          return .completed(.int(sum), saving: Effect.saving("\(context.job.id)"))
        })
      let job = try bench.job(id)
      #expect(job.state == .completed && job.result == 5)
      #expect(try bench.effects() == [id.text: 1])
      #expect(report.completed == 1 && report.ending == .drained)
    }
  }

  @Test(
    "what cannot be saved fails the job, and nothing of it is there", arguments: Backend.allCases)
  func unsaved(backend: Backend) async throws {
    try await onThread {
      let bench = try Bench(backend)
      let id = try bench.submit("save")
      try bench.drain(
        JobKind("save") { _ in
          .completed(1) { transaction in
            try Effect.saving("half")(transaction)
            throw Trouble.lasting
          }
        })
      let job = try bench.job(id)
      #expect(job.state == .failed && job.result == nil && job.error?.code == "usage.bad_value")
      #expect(try bench.effects().isEmpty)
    }
  }

  @Test("an end whose answer is lost, or that finds the disk full, is told again and holds once")
  func toldAgain() async throws {
    try await onThread {
      let bench = try Bench()
      let ran = Signal()
      let id = try bench.submit("once")
      let worker = try bench.start(
        JobKind("once") { [store = bench.store] context in
          ran.give()
          let refused = Signal()
          let unheard = Signal()
          store.onCall { call in
            guard call == .write, refused.value == 0 else { return }
            refused.give()
            throw Trouble(code: .diskFull)
          }
          store.onAnswer { call in
            guard call == .write, unheard.value == 0 else { return }
            unheard.give()
            throw Trouble.passing
          }
          return .completed(1, saving: Effect.saving("\(context.job.id)"))
        })
      let job = try bench.end(of: id)
      #expect(job.state == .completed)
      #expect(try worker.end().completed == 1)
      #expect(ran.value == 1)
      #expect(try bench.effects() == [id.text: 1])
    }
  }

  @Test("a claim whose answer is lost is the same job when it is asked again")
  func claimedAgain() async throws {
    try await onThread {
      let bench = try Bench()
      let id = try bench.submit("once")
      let lost = Signal()
      bench.store.onAnswer { call in
        guard call == .write, lost.value == 0 else { return }
        // The first write after the start is a claim: nothing is due and nothing old.
        guard try bench.job(id).state == .running else { return }
        lost.give()
        throw Trouble.passing
      }
      let report = try bench.drain(JobKind("once") { _ in .completed(1) })
      #expect(report.completed == 1 && lost.value == 1)
      #expect(try bench.job(id).attempts == 1)
    }
  }

  @Test("a slot ends a job and takes the next in one write", arguments: Backend.allCases)
  func endsAndTakes(backend: Backend) async throws {
    try await onThread {
      let bench = try Bench(backend)
      for _ in 0..<20 { _ = try bench.submit("once") }
      let writes = Signal()
      bench.store.onCall { if $0 == .write { writes.give() } }
      let report = try bench.drain(JobKind("once") { _ in .completed(1) }) { $0.slots = 1 }
      #expect(report.completed == 20)
      // The first claim, the twenty ends, and a few for what is old and what was used.
      #expect((21..<30).contains(writes.value))
    }
  }

  @Test(
    "where answers are lost, ends and claims hold once, and no job is left behind",
    arguments: Backend.allCases)
  func answersLost(backend: Backend) async throws {
    try await onThread {
      let bench = try Bench(backend)
      let ids = try (0..<12).map { _ in try bench.submit("once") }
      let answers = Signal()
      bench.store.onAnswer { call in
        guard call == .write else { return }
        answers.give()
        if answers.value % 2 == 1 { throw Trouble.passing }
      }
      let report = try bench.drain(
        JobKind("once") { .completed(1, saving: Effect.saving("\($0.job.id)")) }
      ) { $0.slots = 3 }
      #expect(report.completed == 12 && report.lost == 0)
      bench.store.onAnswer { _ in }
      for id in ids {
        let job = try bench.job(id)
        #expect(job.state == .completed && job.attempts == 1 && job.crashes == 0)
        #expect(try bench.effects()[id.text] == 1)
      }
    }
  }

  @Test("a job ends although there is something wrong with the next one in the store")
  func nextIsBroken() async throws {
    try await onThread {
      let bench = try Bench(.sqlite)
      let first = try bench.submit("once")
      let broken = try bench.submit("once")
      let worker = try bench.start(
        JobKind("once") { [folder = bench.folder] _ in
          _ = try CommandRun(
            "/usr/bin/python3",
            [
              "-c",
              """
              import sqlite3, sys
              database = sqlite3.connect(sys.argv[1], timeout=60)
              database.execute("UPDATE job SET input = '{' WHERE id = ?", (sys.argv[2],))
              database.commit()
              """, folder("mediary.db"), broken.text,
            ])
          return .completed(1)
        }
      ) { $0.slots = 1 }
      #expect(try bench.end(of: first).state == .completed)
      #expect(try worker.end().completed == 1)
    }
  }

  @Test("a failure that may pass is followed by another attempt, later and later")
  func backoff() async throws {
    try await onThread {
      let time = ManualTime()
      let bench = try Bench(time: time)
      let id = try bench.submit("try")
      let policy = RetryPolicy(firstDelay: .seconds(10), factor: 3, jitter: 0)
      let worker = try bench.start(
        JobKind("try", retry: policy) { context in
          if context.job.attempts < 3 { throw Trouble.passing }
          return .completed(.int(context.job.attempts))
        })
      for (attempt, wait) in [(1, 10), (2, 30)] {
        try bench.wait(for: id) { $0.state == .queued && $0.attempts == attempt }
        #expect(try bench.job(id).runAt == time.now + .seconds(wait))
        #expect(try bench.job(id).error?.code == "file.busy")
        time.advance(by: .seconds(wait))
        bench.wakeups.wake()
      }
      #expect(try bench.end(of: id).result == 3)
      #expect(try worker.end().retried == 2)
    }
  }

  @Test("attempts run out, and what does not pass has only one")
  func final() async throws {
    try await onThread {
      let bench = try Bench()
      let passing = try bench.submit("try", "passing")
      let lasting = try bench.submit("try", "lasting")
      let foreign = try bench.submit("try", "foreign")
      let report = try bench.drain(
        JobKind("try", retry: RetryPolicy(firstDelay: .milliseconds(1))) { context in
          switch context.input.string {
          case "passing": throw Trouble.passing
          case "lasting": throw Trouble.lasting
          default: throw CocoaLike()
          }
        })
      #expect(try bench.job(passing).attempts == 3)
      #expect(try bench.job(lasting).attempts == 1)
      let error = try #require(try bench.job(foreign).error)
      #expect(error.code == "internal.unexpected" && error.causes == ["CocoaLike()"])
      #expect(report.failed == 3 && report.retried == 2)
    }
  }

  private struct CocoaLike: Error {}

  @Test("an error tells what was being done with what, and no secrets")
  func story() async throws {
    try await onThread {
      let bench = try Bench()
      let id = try bench.submit("fetch", ["url": "http://u:pw@host/x", "api_key": "12345"])
      try bench.drain(
        JobKind("fetch") { context in
          context.stage("downloads")
          throw Trouble.lasting
        })
      let error = try #require(try bench.job(id).error)
      #expect(error.stage == "downloads" && error.operation == "fetch")
      let text = JSONValue.object(error.json).text()
      #expect(!text.contains("12345") && !text.contains("pw@") && text.contains("host/x"))
    }
  }

  @Test("a result that no store keeps fails the job instead of holding it for ever")
  func tooLarge() async throws {
    try await onThread {
      let bench = try Bench()
      let id = try bench.submit("big")
      try bench.drain(
        JobKind("big") { _ in
          .completed(.string(String(repeating: "x", count: NewJob.mostBytes)))
        })
      #expect(try bench.job(id).error?.code == "jobs.too_large")
    }
  }

  @Test("a backend that is left alone costs no attempt, and other kinds go on")
  func circuit() async throws {
    try await onThread {
      let time = ManualTime()
      let bench = try Bench(time: time)
      let breaker = Breaker(time)
      let kind = JobKind("call") { _ in
        try breaker.call()
        return .completed("called")
      }
      let call = try bench.submit("call")
      let worker = try bench.start(kind, JobKind("other") { _ in .completed(1) })
      try bench.wait(for: call) { $0.state == .queued && $0.lastEvent > 2 }
      let other = try bench.submit("other")
      #expect(try bench.end(of: other).state == .completed)
      #expect(try bench.job(call).attempts == 0)
      #expect(try bench.job(call).runAt == time.now + .seconds(30))
      #expect(breaker.calls.value == 1)
      breaker.isUp.give()
      time.advance(by: .seconds(30))
      bench.wakeups.wake()
      #expect(try bench.end(of: call).result == "called")
      let report = try worker.end()
      #expect(report.returned == 1 && report.retried == 0 && report.failed == 0)
    }
  }

  /// A backend behind a circuit that is open from the start.
  private final class Breaker: Sendable {
    let calls = Signal()
    let isUp = Signal()
    private let circuit: CircuitBreaker

    init(_ time: any TimeSource) {
      circuit = CircuitBreaker("it", limits: Circuit.Limits(failures: 1), time: time)
    }

    func call() throws {
      let answer = Monitor<Result<Void, any Error>?>(nil)
      Task { [circuit, calls, isUp] in
        let result: Result<Void, any Error>
        do {
          if calls.value == 0 {
            // The failure that opens it.
            try? await circuit.call { throw Trouble.passing }
            calls.give()
          }
          try await circuit.call { if isUp.value == 0 { throw Trouble.passing } }
          result = .success(())
        } catch {
          result = .failure(error)
        }
        answer.withLock { $0 = result }
        answer.notify()
      }
      try answer.wait { $0 }.get()
    }
  }
}
