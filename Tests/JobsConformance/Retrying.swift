import Foundations
import Model
import Testing

/// What is promised of attempts that fail.
enum Retrying {
  static let promises = [
    JobPromise("an attempt that may pass is followed by another, after the wait") {
      try $0.submit(1)
      let first = try $0.claimed("a")
      let failed = try $0.fail(first.ticket, again: 4)
      #expect(failed.state == .queued && failed.runAt == JobSubject.at(5))
      #expect(failed.error?.code == "media.broken" && failed.lease == nil)
      #expect(try $0.claim("b", at: 4.9) == nil)
      let second = try $0.claimed("b", at: 5)
      #expect(second.attempts == 2 && second.epoch == 2)
      #expect(try $0.complete(second.ticket, at: 6).error == nil)
    },
    JobPromise("the last attempt ends the job") {
      try $0.submit(1) { $0.attempts = 2 }
      try $0.fail(try $0.claimed("a").ticket, again: 0)
      let end = try $0.fail(try $0.claimed("b", at: 2).ticket, again: 0, at: 3)
      #expect(end.state == .failed && end.finishedAt == JobSubject.at(3) && end.attempts == 2)
      #expect(end.error?.message == "it is broken")
      #expect(try $0.claim("c", at: 100) == nil)
    },
    JobPromise("what will not pass is not tried again") {
      try $0.submit(1)
      #expect(try $0.fail(try $0.claimed("a").ticket).state == .failed)
    },
    JobPromise("a job that is given back has not used its attempt") {
      try $0.submit(1) { $0.attempts = 1 }
      let first = try $0.claimed("a")
      let back = try $0.store.writeJobs {
        try $0.giveBackJob(first.ticket, at: JobSubject.at(1))
      }
      #expect(back.state == .queued && back.attempts == 0)
      let second = try $0.claimed("b", at: 1)
      #expect(second.epoch > first.epoch)
      #expect(try $0.complete(second.ticket).state == .completed)
    },
    JobPromise("a job whose backend is away waits without using its attempts") {
      try $0.submit(1) { $0.attempts = 1 }
      for round in 0..<5 {
        let seconds = Double(round) * 30
        let job = try $0.claimed("a\(round)", at: seconds)
        let back = try $0.store.writeJobs {
          try $0.giveBackJob(job.ticket, waiting: .seconds(30), at: JobSubject.at(seconds))
        }
        #expect(back.attempts == 0 && back.runAt == JobSubject.at(seconds + 30))
        #expect(try $0.claim("b\(round)", at: seconds + 29) == nil)
      }
    },
    JobPromise("a failed or cancelled job can be tried anew, with all its attempts") {
      try $0.submit(1)
      try $0.submit(2)
      try $0.fail(try $0.claimed("a").ticket)
      try $0.cancel(2)
      for number in 1...2 {
        let job = try $0.retry(number, at: 9)
        #expect(job.state == .queued && job.attempts == 0 && job.isOpen)
        #expect(job.error == nil && job.finishedAt == nil && !job.isCancelWished)
        #expect(job.runAt == JobSubject.at(9))
      }
      #expect(try $0.claimed("b", at: 9).id.text == "j1")
      #expect(try $0.claimed("c", at: 9).id.text == "j2")
    },
    JobPromise("what is under way or has come out well is not tried anew") { subject in
      try subject.submit(1)
      #expect(failureCode { try subject.retry(1) } == .jobBadTransition)
      let job = try subject.claimed("a")
      #expect(failureCode { try subject.retry(1) } == .jobBadTransition)
      try subject.complete(job.ticket)
      #expect(failureCode { try subject.retry(1) } == .jobBadTransition)
      #expect(failureCode { try subject.retry(7) } == .jobNotFound)
    },
  ]
}
