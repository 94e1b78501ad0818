import Foundations
import Model
import Testing

/// What is promised of jobs whose workers die.
enum Poison {
  static let promises = [
    JobPromise("a lost worker costs no attempt, and is counted apart") {
      try $0.submit(1) { $0.attempts = 1 }
      _ = try $0.claimed("a")
      let back = try #require(try $0.recover(at: 10).first)
      #expect(back.state == .queued && back.attempts == 0 && back.crashes == 1)
      #expect(back.lease == nil && back.runAt == JobSubject.at(11))
      // The wait grows.
      _ = try $0.claimed("b", at: 20)
      #expect(try $0.recover(at: 30).first?.runAt == JobSubject.at(32))
    },
    JobPromise("a job that has lost too many workers is set aside with its story; others go on") {
      subject in
      try subject.submit(1) { $0.crashes = 2 }
      try subject.submit(2) { $0.priority = -1 }
      for crash in 0...2 {
        let seconds = Double(crash) * 100
        let job = try subject.claimed("c\(crash)", worker: "w\(crash)", at: seconds)
        #expect(job.id.text == "j1")
        _ = try subject.store.writeJobs {
          try $0.reportJob(job.ticket, JobReport(stage: "decode"), at: JobSubject.at(seconds))
        }
        try subject.recover(at: seconds + 10)
      }
      let job = try subject.job(1)
      #expect(job.state == .failed && job.crashes == 3 && job.finishedAt == JobSubject.at(210))
      let error = try #require(job.error)
      #expect(error.code == "jobs.poison" && error.stage == "decode")
      #expect(error.details["worker"]?.string == "w2")
      #expect(error.details["heartbeat"]?.string == JobSubject.at(200).description)
      let workers = try subject.events(of: 1).compactMap { $0.payload["lost"]?["worker"]?.string }
      #expect(workers == ["w0", "w1", "w2"])
      #expect(try subject.claimed("d", at: 300).id.text == "j2")
      #expect(try subject.claim("e", at: 300) == nil)
    },
    JobPromise("a job that was set aside can be tried anew") {
      try $0.submit(1) { $0.crashes = 0 }
      let lost = try $0.claimed("a")
      #expect(try $0.recover(at: 10).map(\.state) == [.failed])
      #expect(try $0.retry(1, at: 20).crashes == 0)
      let job = try $0.claimed("b", at: 20)
      #expect(job.epoch > lost.epoch + 1)
      #expect(try $0.complete(job.ticket, at: 21).state == .completed)
    },
  ]
}
