import Foundations
import Model
import Testing

/// What is promised of jobs that somebody wants to end.
enum Cancelling {
  static let promises = [
    JobPromise("what does not run ends at once, and once more changes nothing") {
      try $0.submit(1)
      try $0.submit(2) { $0.isHeld = true }
      for number in 1...2 {
        let job = try $0.cancel(number)
        #expect(job.state == .cancelled && job.finishedAt == JobSubject.at(1))
      }
      let before = try $0.everything()
      for number in 1...2 { #expect(try $0.cancel(number, at: 5).state == .cancelled) }
      #expect(try $0.everything() == before)
      #expect(try $0.claim("a") == nil)
    },
    JobPromise("what runs is wished to end, and ends when its worker says so") {
      try $0.submit(1)
      let job = try $0.claimed("a")
      let wished = try $0.cancel(1)
      #expect(wished.state == .running && wished.isCancelWished)
      let before = try $0.everything()
      try $0.cancel(1, at: 5)
      #expect(try $0.everything() == before)
      let end = try $0.store.writeJobs {
        try $0.endCancelledJob(job.ticket, at: JobSubject.at(2))
      }
      #expect(end.state == .cancelled && end.lease == nil && end.finishedAt == JobSubject.at(2))
    },
    JobPromise("a wish that comes too late does not undo what is done") {
      try $0.submit(1)
      let job = try $0.claimed("a")
      try $0.cancel(1)
      #expect(try $0.complete(job.ticket).state == .completed)
    },
    JobPromise("a job that is wished to end is not tried again, however it goes on") { subject in
      for number in 1...3 { try subject.submit(number) }
      let jobs = try (1...3).map { try subject.claimed("c\($0)") }
      for number in 1...3 { try subject.cancel(number) }
      #expect(try subject.fail(jobs[0].ticket, again: 1).state == .cancelled)
      _ = try subject.store.writeJobs {
        try $0.giveBackJob(jobs[1].ticket, at: JobSubject.at(1))
      }
      try subject.recover(at: 50)
      #expect(try subject.states(1, 2, 3) == [.cancelled, .cancelled, .cancelled])
      #expect(try subject.job(3).crashes == 1)
    },
    JobPromise("children are cancelled with their parent, and theirs with them") { subject in
      try subject.submitParent(1, children: 3)
      let first = try subject.claimed("a")
      try subject.complete(first.ticket)
      let second = try subject.claimed("b")
      let grandchildren = try subject.children(of: 12, 1...2)
      _ = try subject.store.writeJobs {
        try $0.fanOut(second.ticket, children: grandchildren, stage: nil, at: JobSubject.at(1))
      }
      let running = try subject.claimed("c", at: 1)
      try subject.cancel(1, at: 2)
      #expect(
        try subject.states(1, 11, 12, 121, 122) == [
          .cancelled, .completed, .cancelled, .cancelled, .cancelled,
        ])
      #expect(running.id.text == "j13")
      #expect(try subject.job(13).isCancelWished)
      #expect(try subject.job(1).children.pending == 1)
      _ = try subject.store.writeJobs {
        try $0.endCancelledJob(running.ticket, at: JobSubject.at(3))
      }
      let parent = try subject.job(1)
      #expect(parent.children.pending == 0 && parent.children.lost == 2)
      #expect(parent.finishedAt == JobSubject.at(2))
    },
    JobPromise("what has ended cannot be cancelled, and who was not asked cannot stop") { subject in
      try subject.submit(1)
      let job = try subject.claimed("a")
      #expect(
        failureCode {
          try subject.store.writeJobs {
            try $0.endCancelledJob(job.ticket, at: JobSubject.at(1))
          }
        } == .jobBadTransition)
      try subject.complete(job.ticket)
      #expect(failureCode { try subject.cancel(1) } == .jobBadTransition)
    },
  ]
}
