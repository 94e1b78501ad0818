import Foundations
import Model
import Testing

/// What is promised of heartbeats and of what a worker reports.
enum Heartbeats {
  static let promises = [
    JobPromise("a job whose worker is heard of stays its, for hours") {
      try $0.submit(1)
      let job = try $0.claimed("a", at: 0)
      for beat in 1...50 {
        let seconds = Double(beat) * 400
        let answer = try $0.beat(job.ticket, at: seconds, lease: 500)
        #expect(answer == Heartbeat(until: JobSubject.at(seconds + 500), isCancelWished: false))
        #expect(try $0.recover(at: seconds + 399).isEmpty)
      }
      #expect(try $0.job(1).attempts == 1)
      #expect(try $0.job(1).heartbeat == JobSubject.at(20_000))
    },
    JobPromise("a lease that has lapsed can be held on to as long as nobody has taken the job") {
      try $0.submit(1)
      let job = try $0.claimed("a")
      #expect(try $0.beat(job.ticket, at: 30).until == JobSubject.at(40))
      #expect(try $0.recover(at: 31).isEmpty)
    },
    JobPromise("a clock that is set back shortens no lease") {
      try $0.submit(1)
      let job = try $0.claimed("a", at: 100)
      #expect(try $0.beat(job.ticket, at: 50).until == JobSubject.at(110))
    },
    JobPromise("a heartbeat tells that somebody wants the job to end") {
      try $0.submit(1)
      let job = try $0.claimed("a")
      #expect(try !$0.beat(job.ticket, at: 1).isCancelWished)
      try $0.cancel(1)
      #expect(try $0.beat(job.ticket, at: 2).isCancelWished)
    },
    JobPromise("what a worker reports is kept, and what it does not tell stays") { subject in
      try subject.submit(1)
      let job = try subject.claimed("a")
      let progress = JobProgress(
        fraction: 0.25, message: "encodes", etaSeconds: 12.5, details: ["segment": 3])
      let use = JobUse(cpuSeconds: 1.25, peakMemory: 1 << 31)
      try report(subject, job.ticket, JobReport(stage: "segments", progress: progress))
      try report(subject, job.ticket, JobReport(use: use))
      let after = try subject.job(1)
      #expect(after.stage == "segments" && after.progress == progress && after.use == use)
      // The same again is no news.
      let before = try subject.everything()
      try report(subject, job.ticket, JobReport(stage: "segments", progress: progress, use: use))
      #expect(try subject.everything() == before)
      let end = try subject.complete(job.ticket)
      #expect(end.progress.fraction == 1 && end.use == use)
    },
    JobPromise("one heartbeat that comes too late leaves those beside it be") { subject in
      try subject.submit(1)
      try subject.submit(2)
      let (first, second) = (try subject.claimed("a"), try subject.claimed("b"))
      try subject.complete(first.ticket)
      let lost = try subject.store.writeJobs(isUrgent: true) { transaction in
        [first, second].filter { job in
          failureCode {
            try transaction.heartbeat(job.ticket, lease: .seconds(10), at: JobSubject.at(5))
          } == .jobLeaseLost
        }
      }
      #expect(lost.map(\.id) == [first.id])
      #expect(try subject.job(2).lease?.until == JobSubject.at(15))
    },
  ]

  private static func report(
    _ subject: JobSubject, _ ticket: JobTicket, _ report: JobReport
  ) throws {
    _ = try subject.store.writeJobs { try $0.reportJob(ticket, report, at: JobSubject.at(1)) }
  }
}
