import Foundations
import Model
import Testing

/// What is promised of the same work that is asked for twice.
enum Dedupe {
  static let promises = [
    JobPromise("the same work while it is open is one job, in every open state") { subject in
      func same(_ new: inout NewJob) {
        new.dedupeKey = "k"
        new.user = "ann"
      }
      try subject.submit(1) {
        same(&$0)
        $0.isHeld = true
      }
      #expect(try subject.submit(2, same).source == .joined)
      let id = try subject.id(1)
      _ = try subject.store.writeJobs { try $0.releaseJob(id, at: JobSubject.at(1)) }
      #expect(try subject.submit(3, same).job.id == id)
      let job = try subject.claimed("a", at: 1)
      let before = try subject.everything()
      #expect(try subject.submit(4, same).job == job)
      #expect(try subject.everything() == before)
      try subject.complete(job.ticket)
      #expect(try subject.submit(5, same).source == .new)
    },
    JobPromise("who joins a job that waits brings a higher priority along") {
      try $0.submit(1) { $0.cacheKey = "k" }
      try $0.submit(2) { $0.priority = 3 }
      let joined = try $0.submit(3) {
        $0.cacheKey = "k"
        $0.priority = 9
      }
      #expect(joined.source == .joined && joined.job.asked.priority == 9)
      #expect(try $0.claimed("a").id.text == "j1")
      #expect(try $0.claimed("b").id.text == "j2")
      #expect(try $0.claim("c") == nil)
    },
    JobPromise("another user's job, and one that is to end, are not joined") {
      try $0.submit(1) {
        $0.dedupeKey = "k"
        $0.user = "ann"
      }
      #expect(try $0.submit(2) { $0.dedupeKey = "k" }.source == .new)
      _ = try $0.claimed("a")
      try $0.cancel(1)
      let third = try $0.submit(3) {
        $0.dedupeKey = "k"
        $0.user = "ann"
      }
      #expect(third.source == .new)
    },
    JobPromise("what was cancelled is not tried anew beside another of its key") { subject in
      try subject.submit(1) { $0.dedupeKey = "k" }
      try subject.cancel(1)
      try subject.submit(2) { $0.dedupeKey = "k" }
      #expect(failureCode { try subject.retry(1) } == .jobConflict)
      #expect(try subject.cancel(2).state == .cancelled)
      #expect(try subject.retry(1).state == .queued)
    },
  ]
}
