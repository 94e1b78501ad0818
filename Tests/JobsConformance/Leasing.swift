import Foundations
import Model
import Testing

/// What is promised of a worker that has lost its job.
enum Leasing {
  static let promises = [
    JobPromise("a worker whose job was given to another is told so, whatever it says") { subject in
      try subject.submit(1)
      let first = try subject.claimed("a", worker: "one")
      try subject.recover(at: 11)
      let second = try subject.claimed("b", worker: "two", at: 12)
      #expect(second.id == first.id && second.epoch > first.epoch)
      let before = try subject.everything()
      for word in Word.allCases {
        #expect(failureCode { try word.say(first.ticket, to: subject) } == .jobLeaseLost, "\(word)")
      }
      #expect(try subject.everything() == before)
      #expect(try subject.complete(second.ticket, at: 13).state == .completed)
    },
    JobPromise("a worker whose job was taken away is told so, though nobody has it yet") {
      subject in
      try subject.submit(1)
      let first = try subject.claimed("a")
      try subject.recover(at: 11)
      let before = try subject.everything()
      for word in Word.allCases {
        #expect(failureCode { try word.say(first.ticket, to: subject) } == .jobLeaseLost, "\(word)")
      }
      #expect(try subject.everything() == before)
      #expect(try subject.job(1).state == .queued)
    },
    JobPromise("an end that is told twice changes nothing the second time") { subject in
      for (number, word) in Word.ends.enumerated() {
        try subject.submit(number)
        let job = try subject.claimed("c\(number)")
        if word == .stop { try subject.cancel(number) }
        try word.say(job.ticket, to: subject)
        let before = try subject.everything()
        for again in Word.ends {
          #expect(failureCode { try again.say(job.ticket, to: subject) } == nil, "\(word) \(again)")
        }
        #expect(try subject.everything() == before, "\(word)")
        // What was given back or is tried again would be the next one's.
        if try subject.job(number).isOpen {
          try subject.complete(try subject.claimed("d\(number)", at: 60).ticket)
        }
      }
    },
    JobPromise("a job that has ended takes no heartbeat and no report") { subject in
      try subject.submit(1)
      let job = try subject.claimed("a")
      try subject.complete(job.ticket)
      #expect(failureCode { try Word.beat.say(job.ticket, to: subject) } == .jobLeaseLost)
      #expect(failureCode { try Word.report.say(job.ticket, to: subject) } == .jobLeaseLost)
    },
    JobPromise("what a late worker writes beside its end is undone with it") { subject in
      try subject.submit(1)
      let job = try subject.claimed("a")
      try subject.recover(at: 11)
      let run = Run(id: try RunID("r1"), createdAt: JobSubject.at(0), schema: "s", mode: "m")
      #expect(
        failureCode {
          try subject.store.write { transaction in
            try transaction.putRun(run, outputs: [])
            _ = try transaction.completeJob(job.ticket, result: 1, at: JobSubject.at(12))
          }
        } == .jobLeaseLost)
      #expect(try subject.store.read { try $0.run(run.id) } == nil)
    },
  ]
}

/// All that a worker can say of its job.
private enum Word: CaseIterable {
  case beat, report, complete, fail, tryAgain, giveBack, stop, split

  static let ends: [Word] = [.complete, .fail, .tryAgain, .giveBack, .stop]

  func say(_ ticket: JobTicket, to subject: JobSubject) throws {
    let now = JobSubject.at(12)
    switch self {
    case .beat: _ = try subject.beat(ticket, at: 12)
    case .report:
      _ = try subject.store.writeJobs {
        try $0.reportJob(ticket, JobReport(stage: "late"), at: now)
      }
    case .complete: try subject.complete(ticket, at: 12)
    case .fail: try subject.fail(ticket, at: 12)
    case .tryAgain: try subject.fail(ticket, again: 1, at: 12)
    case .giveBack: _ = try subject.store.writeJobs { try $0.giveBackJob(ticket, at: now) }
    case .stop: _ = try subject.store.writeJobs { try $0.endCancelledJob(ticket, at: now) }
    case .split:
      let parts = try subject.children(of: 9, 1...2)
      _ = try subject.store.writeJobs {
        try $0.fanOut(ticket, children: parts, stage: nil, at: now)
      }
    }
  }
}
