import Foundations
import Model
import Testing

/// What is promised of what is left behind.
enum Recovery {
  static let promises = [
    JobPromise(
      "only jobs whose leases have lapsed are taken away, the first first, so many at once"
    ) {
      for number in 1...4 { try $0.submit(number) }
      for (number, lease) in [30.0, 10, 20, 40].enumerated() {
        _ = try $0.claimed("c\(number)", lease: lease)
      }
      #expect(
        try $0.store.readJobs { try $0.nextDue(after: JobSubject.at(1)) } == JobSubject.at(10))
      #expect(try $0.recover(at: 9.9).isEmpty)
      #expect(try $0.recover(at: 30, atMost: 2).map(\.id.text) == ["j2", "j3"])
      #expect(try $0.recover(at: 30).map(\.id.text) == ["j1"])
      #expect(try $0.recover(at: 30).isEmpty)
      #expect(try $0.states(1, 2, 3, 4) == [.queued, .queued, .queued, .running])
    },
    JobPromise("a child that is set aside is lost to its parent") {
      try $0.submitParent(1, children: 2)
      _ = try $0.claimed("a")
      _ = try $0.claimed("b")
      for round in 1...4 {
        try $0.recover(at: Double(round) * 1_000)
        if round < 4 { _ = try $0.claimed("c\(round)", at: Double(round) * 1_000 + 100) }
        if round < 4 { _ = try $0.claimed("d\(round)", at: Double(round) * 1_000 + 100) }
      }
      #expect(try $0.states(1, 11, 12) == [.failed, .failed, .cancelled])
      #expect(try $0.job(1).children.pending == 0)
      #expect(try $0.job(1).error?.causes.first?.hasPrefix("jobs.poison") == true)
    },
    JobPromise("what ended long ago is forgotten with its children and events; what is open is not")
    {
      subject in
      try subject.submitParent(1, children: 2)
      try subject.submit(2)
      try subject.submit(3)
      try subject.cancel(1, at: 1)
      try subject.cancel(2, at: 5)
      func prune(_ seconds: Double, _ count: Int = 9) throws -> Int {
        try subject.store.writeJobs {
          try $0.pruneJobs(finishedBefore: JobSubject.at(seconds), atMost: count)
        }
      }
      #expect(try prune(1) == 0)
      #expect(try prune(5) == 1)
      #expect(failureCode { try subject.job(1) } == .jobNotFound)
      #expect(failureCode { try subject.job(11) } == .jobNotFound)
      #expect(try prune(99) == 1)
      #expect(try prune(99) == 0)
      #expect(try subject.job(3).state == .queued)
      let events = try subject.store.readJobs { try $0.jobEvents(after: 0, atMost: 99) }
      #expect(events.map(\.job.text) == ["j3"])
      #expect(try subject.store.readJobs { try $0.jobCounts() }.map(\.count) == [1])
    },
    JobPromise("a parent is not forgotten while one of its children still ends") { subject in
      try subject.submitParent(1, children: 1)
      let child = try subject.claimed("a")
      try subject.cancel(1)
      func prune() throws -> Int {
        try subject.store.writeJobs {
          try $0.pruneJobs(finishedBefore: JobSubject.at(99), atMost: 9)
        }
      }
      #expect(try prune() == 0)
      _ = try subject.store.writeJobs {
        try $0.endCancelledJob(child.ticket, at: JobSubject.at(2))
      }
      #expect(try prune() == 1)
    },
  ]
}
