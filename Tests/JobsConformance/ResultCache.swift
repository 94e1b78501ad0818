import Foundations
import Model
import Testing

/// What is promised of work that was done before.
enum ResultCache {
  static let promises = [
    JobPromise("work that was done before is answered by that job, unless it is asked for anew") {
      try $0.submit(1) { $0.cacheKey = "k" }
      #expect(try $0.submit(2) { $0.cacheKey = "k" }.source == .joined)
      let done = try $0.complete(try $0.claimed("a").ticket, ["blob": "b1"])
      let before = try $0.everything()
      let again = try $0.submit(3, at: 5) { $0.cacheKey = "k" }
      #expect(again == SubmittedJob(done, .cached))
      #expect(try $0.everything() == before)
      #expect(try $0.submit(4, at: 6, isFresh: true) { $0.cacheKey = "k" }.source == .new)
      // What is made at the moment is as fresh as can be.
      #expect(try $0.submit(5, isFresh: true) { $0.cacheKey = "k" }.source == .joined)
      try $0.complete(try $0.claimed("b", at: 6).ticket, ["blob": "b2"], at: 7)
      #expect(try $0.submit(6) { $0.cacheKey = "k" }.job.result == ["blob": "b2"])
    },
    JobPromise("what failed, was cancelled or completed in part answers nothing") { subject in
      for number in 1...3 { try subject.submit(number) { $0.cacheKey = "k\(number)" } }
      try subject.fail(try subject.claimed("a").ticket)
      let job = try subject.claimed("b")
      _ = try subject.store.writeJobs {
        try $0.completeJob(job.ticket, result: 1, inPart: true, at: JobSubject.at(1))
      }
      try subject.cancel(3)
      for number in 1...3 {
        #expect(try subject.submit(number + 3) { $0.cacheKey = "k\(number)" }.source == .new)
      }
    },
    JobPromise("another user has a job of their own with the result") {
      try $0.submit(1) {
        $0.cacheKey = "k"
        $0.user = "ann"
      }
      try $0.complete(try $0.claimed("a").ticket, 7)
      let other = try $0.submit(2, at: 9) {
        $0.cacheKey = "k"
        $0.user = "bob"
      }
      #expect(other.source == .cached && other.job.id.text == "j2")
      #expect(other.job.state == .completed && other.job.result == 7)
      #expect(other.job.finishedAt == JobSubject.at(9) && other.job.attempts == 0)
      #expect(try $0.events(of: 2).map(\.kind) == [.created, .completed])
      #expect(try $0.claim("b", at: 9) == nil)
    },
    JobPromise("children that were made before are over at once") { subject in
      try subject.submit(1) { $0.cacheKey = "part" }
      try subject.complete(try subject.claimed("a").ticket, 7)
      var (known, new) = (NewJob(kind: "segment"), NewJob(kind: "segment"))
      known.cacheKey = "part"
      new.cacheKey = "other"
      let parts = [
        NewChild(id: try subject.id(21), known), NewChild(id: try subject.id(22), new),
      ]
      let id = try subject.id(2)
      let parent = try subject.store.writeJobs {
        try $0.submitJob(NewJob(kind: "film"), id: id, children: parts, at: JobSubject.at(2))
      }.job
      #expect(parent.state == .waiting && parent.children.pending == 1)
      #expect(parent.progress.fraction == 0.5)
      #expect(try subject.states(21, 22) == [.completed, .queued])
      #expect(try subject.job(21).result == 7)
      // Where all are, the parent goes on at once.
      let (next, last) = (try subject.id(3), [NewChild(id: try subject.id(31), known)])
      let second = try subject.store.writeJobs {
        try $0.submitJob(NewJob(kind: "film"), id: next, children: last, at: JobSubject.at(3))
      }.job
      #expect(second.state == .queued && second.isJoin)
    },
  ]
}
