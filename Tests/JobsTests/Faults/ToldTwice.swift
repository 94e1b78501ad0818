import Foundations
import Jobs
import Model
import TestSupport
import Testing

extension JobFaults {
  @Suite("Everything told twice")
  struct ToldTwice {
    /// Where a backend is left alone for a moment.
    private struct Away: RetryAdvising {
      let code = FailureCode.circuitOpen
      let message = "it is left alone"
      let hint: String? = nil
      let cause: (any Error)? = nil
      let retryAfter: Duration? = .milliseconds(100)
    }

    @Test("the books are the same whether workers and clients say each thing once or twice")
    func twice() async throws {
      try await onThread {
        let once = try Self.work(Bench(.sqlite))
        let (bench, inner) = try Self.doubled(.sqlite)
        let twice = try Self.work(bench)
        for (name, line) in once where twice[name] != line {
          Issue.record("\(name): once \(line), twice \(twice[name] ?? "nothing")")
        }
        #expect(once.count == twice.count)
        let (words, again) = (inner.said.value, inner.saidAgain.value)
        #expect(words == again && words > 1_000 && inner.urgent.value >= 2)
        tell(
          "every word told twice",
          "\(words) transactions said \(again) times again, \(inner.urgent.value) heartbeats, "
            + "\(once.count) lines of the books, "
            + "\(once.count { twice[$0.key] != $0.value }) different")
      }
    }

    private static func doubled(_ backend: Backend) throws -> (Bench, TwiceStore) {
      let said = Collected<TwiceStore>()
      let bench = try Bench(
        backend,
        behind: {
          let store = TwiceStore($0)
          said.note(store)
          return store
        })
      return (bench, try #require(said.values.first))
    }

    /// Some hundred jobs that end in all the ways there are; what the books tell of each.
    private static func work(_ bench: Bench) throws -> [String: String] {
      let names = try submit(bench)
      let report = try bench.drain(
        kinds(bench)[0], kinds(bench)[1], away(), held(bench), cancels(bench)
      ) {
        $0.slots = 8
        $0.lease = .seconds(4)
      }
      #expect(report.ending == .drained && report.lost == 0)
      return try books(bench, names)
    }

    private static func submit(_ bench: Bench) throws -> [JobID: String] {
      var names: [JobID: String] = [:]
      func add(_ kind: String, _ input: JSONValue, _ name: String, _ rule: ChildRule? = nil) throws
      {
        names[
          try bench.submit(kind, input) { if let rule { $0.childRule = rule } }
        ] = name
      }
      for number in 0..<40 {
        let rule = ChildRule(toleratesLoss: number.isMultiple(of: 2))
        try add("film", .int(number), "film \(number)", rule)
      }
      for number in 0..<100 {
        for word in ["good", "passing"] { try add("part", .string(word), "\(word) \(number)") }
      }
      for number in 0..<20 {
        try add("part", "lasting", "lasting \(number)")
        try add("part", "hopeless", "hopeless \(number)")
        try add("cancels", .int(number), "cancels \(number)")
        let id = try bench.submit("part", "good") { $0.isHeld = true }
        names[id] = "never \(number)"
        _ = try bench.queue.cancel(id)
        let parts = ["good", "lasting"].map { NewJob(kind: "part", input: .string($0)) }
        var film = NewJob(kind: "film", input: -1)
        film.childRule = ChildRule(toleratesLoss: true)
        names[try bench.queue.submit(film, children: parts).job.id] = "asked whole \(number)"
      }
      for number in 0..<5 { try add("away", .int(number), "away \(number)") }
      try add("held", 0, "held")
      return names
    }

    /// A film splits itself, and its parts end well, at another attempt, or not at all.
    private static func kinds(_ bench: Bench) -> [JobKind] {
      let film = JobKind("film") { context in
        guard context.isJoin else {
          let words = ["good", "passing", "good", "good"]
          // One part of each second is lost, which its film tolerates.
          let isFlawed = (context.input.int ?? 1).isMultiple(of: 2)
          return .split(
            (words + (isFlawed ? ["lasting"] : [])).map {
              NewChild(id: context.newID(), NewJob(kind: "part", input: .string($0)))
            }, stage: "joins")
        }
        let sum = try context.children().compactMap(\.result?.int).reduce(0, +)
        return .completed(.int(sum), saving: Effect.saving(context.job.id.text))
      }
      let part = JobKind("part", retry: RetryPolicy(firstDelay: .milliseconds(1))) { context in
        context.progress.report(0.5, "half")
        switch context.input.string {
        case "passing" where context.job.attempts == 1: throw Trouble.passing
        case "hopeless": throw Trouble.passing
        case "lasting": throw Trouble.lasting
        default: return .completed(1, saving: Effect.saving(context.job.id.text))
        }
      }
      return [film, part]
    }

    /// Jobs that are given back once.
    private static func away() -> JobKind {
      let came = Monitor(Set<JobID>())
      return JobKind("away") { context in
        if came.withLock({ $0.insert(context.job.id).inserted }) { throw Away() }
        return .completed(1, saving: Effect.saving(context.job.id.text))
      }
    }

    /// A job that needs its lease renewed.
    private static func held(_ bench: Bench) -> JobKind {
      JobKind("held") { context in
        let first = try #require(try bench.job(context.job.id).lease?.until)
        try bench.wait(for: context.job.id) { ($0.lease?.until ?? first) > first + .seconds(2) }
        return .completed(1, saving: Effect.saving(context.job.id.text))
      }
    }

    /// Jobs that somebody wants to end while they run.
    private static func cancels(_ bench: Bench) -> JobKind {
      JobKind("cancels") { context in
        let stopped = Signal()
        context.stop.onStop { _ in stopped.give() }
        _ = try bench.queue.cancel(context.job.id)
        stopped.wait()
        try context.stop.check()
        return .completed(1)
      }
    }

    /// By each job's name what became of it, what was told of it, and how often it took effect.
    private static func books(_ bench: Bench, _ names: [JobID: String]) throws -> [String: String] {
      var (books, cursor) = ([String: String](), PageCursor?.none)
      let effects = try bench.effects()
      var all = names
      for id in names.keys {
        var filter = JobFilter()
        filter.parent = id
        for child in try bench.queue.list(filter, atMost: 100).items {
          all[child.id] = "\(names[id] ?? "")/\(child.place?.ordinal ?? -1)"
        }
      }
      repeat {
        let page = try bench.queue.list(after: cursor, atMost: 500)
        for job in page.items where job.kind != "effect" {
          let events = try bench.events(of: job.id).filter { !$0.kind.isPassing }
          #expect(try bench.events(of: job.id).map(\.number) == Array(1...job.lastEvent))
          // Which part of a film ends before which is chance.
          let told = events.map { event in
            [event.kind.rawValue, event.payload["old"]?.string, event.payload["new"]?.string]
              .compactMap { $0 }.joined(separator: " ")
          }
          books[all[job.id] ?? "unknown \(job.id)"] = """
            \(job.state) \(job.attempts) \(job.crashes) \(job.children) \
            \(job.result?.text() ?? "-") \(job.error?.code ?? "-") \
            effects \(effects[job.id.text] ?? 0) \(told)
            """
        }
        cursor = page.next
      } while cursor != nil
      books["effects"] = "\(effects.values.reduce(0, +)) of \(effects.count)"
      return books
    }
  }
}
