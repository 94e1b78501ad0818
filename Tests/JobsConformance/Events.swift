import Foundations
import Model
import Testing

/// What is promised of events.
enum Events {
  static let promises = [
    JobPromise("all that happens to a job is told in order, each with the job's id") { subject in
      try subject.submit(1)
      let job = try subject.claimed("a")
      _ = try subject.store.writeJobs {
        try $0.reportJob(
          job.ticket,
          JobReport(progress: JobProgress(fraction: 0.5), use: JobUse(cpuSeconds: 2)),
          at: JobSubject.at(1))
      }
      _ = try subject.beat(job.ticket, at: 2)
      try subject.fail(job.ticket, again: 0, at: 3)
      let second = try subject.claimed("b", at: 4)
      try subject.complete(second.ticket, at: 5)
      let events = try subject.events(of: 1)
      #expect(
        events.map(\.kind) == [
          .created, .statusChanged, .started, .progressUpdated, .resourceUpdated, .statusChanged,
          .statusChanged, .started, .statusChanged, .completed,
        ])
      #expect(events.map(\.number) == Array(1...events.count))
      #expect(events.allSatisfy { $0.payload["job_id"] == "j1" })
      let changes = events.filter { $0.kind == .statusChanged }.map {
        "\($0.payload["old"]?.string ?? "") \($0.payload["new"]?.string ?? "")"
      }
      #expect(
        changes == ["queued running", "running queued", "queued running", "running completed"])
      #expect(events[3].payload["progress"]?["fraction"] == 0.5)
      #expect(events[5].payload["error"]?["code"] == "media.broken")
      #expect(events[9].at == JobSubject.at(5))
    },
    JobPromise("a job that fails or is cancelled tells so last") {
      try $0.submit(1)
      try $0.submit(2)
      try $0.fail(try $0.claimed("a").ticket)
      try $0.cancel(2)
      let last = try #require(try $0.events(of: 1).last)
      #expect(last.kind == .failed && last.payload["error"]?["message"] == "it is broken")
      #expect(try $0.events(of: 2).last?.kind == .cancelled)
    },
    JobPromise("events can be read again from any number, of one job and of all") { subject in
      for number in 1...3 { try subject.submit(number) }
      for number in 1...3 { try subject.complete(try subject.claimed("c\(number)").ticket) }
      let all = try subject.store.readJobs { try $0.jobEvents(after: 0, atMost: 1_000) }
      #expect(all.map(\.sequence) == all.map(\.sequence).sorted())
      #expect(Set(all.map(\.sequence)).count == all.count)
      #expect(try subject.store.readJobs { try $0.lastJobEvent() } == all.last?.sequence)
      for place in all.indices {
        let rest = try subject.store.readJobs {
          try $0.jobEvents(after: all[place].sequence, atMost: 2)
        }
        #expect(rest == Array(all[(place + 1)...].prefix(2)))
      }
      let mine = try subject.events(of: 2)
      #expect(mine == all.filter { $0.job.text == "j2" })
      #expect(try subject.events(of: 2, after: 3) == Array(mine.dropFirst(3)))
      #expect(failureCode { try subject.events(of: 9) } == .jobNotFound)
    },
    JobPromise("what is undone has told nothing, and leaves no gap") { subject in
      try subject.submit(1)
      let id = try subject.id(1)
      #expect(
        failureCode {
          try subject.store.writeJobs { transaction in
            _ = try transaction.cancelJob(id, at: JobSubject.at(1))
            _ = try transaction.retryJob(try JobID("j9"), at: JobSubject.at(1))
          }
        } == .jobNotFound)
      #expect(try subject.events(of: 1).map(\.kind) == [.created])
      try subject.cancel(1)
      #expect(try subject.events(of: 1).map(\.number) == [1, 2, 3])
    },
    JobPromise("old events of progress are pruned, and no others; numbers are not given again") {
      subject in
      try subject.submit(1)
      let job = try subject.claimed("a")
      for step in 1...4 {
        _ = try subject.store.writeJobs {
          try $0.reportJob(
            job.ticket, JobReport(progress: JobProgress(fraction: Double(step) / 10)),
            at: JobSubject.at(Double(step)))
        }
      }
      let last = try subject.store.readJobs { try $0.lastJobEvent() }
      func prune(_ count: Int) throws -> Int {
        try subject.store.writeJobs {
          try $0.pruneJobEvents(before: JobSubject.at(4), atMost: count)
        }
      }
      #expect(try [prune(2), prune(9), prune(9)] == [2, 1, 0])
      #expect(try subject.events(of: 1).map(\.number) == [1, 2, 3, 7])
      try subject.complete(job.ticket)
      #expect(try subject.events(of: 1).suffix(2).map(\.number) == [8, 9])
      #expect(try subject.events(of: 1).suffix(2).allSatisfy { $0.sequence > last })
    },
    JobPromise("the last number is told even where all its events were pruned") { subject in
      try subject.submit(1)
      try subject.cancel(1)
      let last = try subject.store.readJobs { try $0.lastJobEvent() }
      #expect(last == 3)
      let pruned = try subject.store.writeJobs {
        try $0.pruneJobs(finishedBefore: JobSubject.at(9), atMost: 9)
      }
      #expect(pruned == 1)
      #expect(try subject.everything().isEmpty)
      #expect(try subject.store.readJobs { try $0.lastJobEvent() } == last)
      try subject.submit(2)
      #expect(try subject.store.readJobs { try $0.lastJobEvent() } == 4)
    },
  ]
}
