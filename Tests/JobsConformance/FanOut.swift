import Foundations
import Model
import Testing

/// What is promised of jobs with children.
enum FanOut {
  static let promises = [
    JobPromise("a parent is joined exactly once, when its last child is over") { subject in
      try subject.submitParent(1, children: 3)
      for number in 0..<3 {
        #expect(try subject.job(1).state == .waiting)
        let child = try subject.claimed("c\(number)")
        // Each end is told twice.
        for _ in 0..<2 { try subject.complete(child.ticket) }
      }
      let parent = try subject.claimed("p", at: 1)
      #expect(parent.id.text == "j1" && parent.isJoin && parent.children.total == 3)
      #expect(try subject.claim("q", at: 1) == nil)
      #expect(try subject.complete(parent.ticket, 5).state == .completed)
      let joins = try subject.events(of: 1).filter {
        $0.payload["old"] == "waiting" && $0.payload["new"] == "queued"
      }
      #expect(joins.count == 1)
    },
    JobPromise("a job is split while it runs, again and again, and goes on where it was told") {
      subject in
      try subject.submit(1)
      var job = try subject.claimed("a")
      for (round, range) in [1...2, 3...5].enumerated() {
        let parts = try subject.children(of: 1, range)
        let ticket = job.ticket
        for _ in 0..<2 {
          let waiting = try subject.store.writeJobs {
            try $0.fanOut(ticket, children: parts, stage: "round \(round)", at: JobSubject.at(1))
          }
          #expect(waiting.state == .waiting && waiting.lease == nil)
          #expect(waiting.children.pending == range.count)
        }
        for part in range { try subject.complete(try subject.claimed("c\(part)", at: 1).ticket) }
        job = try subject.claimed("p\(round)", at: 2)
        #expect(job.id.text == "j1" && job.stage == "round \(round)" && job.attempts == 1)
      }
      #expect(job.children.total == 5)
      #expect(try subject.job(15).place?.ordinal == 4)
      #expect(try subject.complete(job.ticket).state == .completed)
    },
    JobPromise("a child that is lost fails its parent and cancels the others, where all are needed")
    {
      try $0.submitParent(1, children: 4)
      let jobs = [try $0.claimed("a"), try $0.claimed("b"), try $0.claimed("c")]
      try $0.complete(jobs[0].ticket)
      try $0.fail(jobs[1].ticket, at: 2)
      #expect(
        try $0.states(1, 11, 12, 13, 14) == [.failed, .completed, .failed, .running, .cancelled])
      #expect(try $0.job(13).isCancelWished)
      let error = try #require(try $0.job(1).error)
      #expect(error.code == "jobs.child_lost" && error.kind == .badMedia)
      #expect(error.details["ordinal"] == 1 && error.details["job_id"] == "j12")
      #expect(error.causes == ["media.broken: it is broken"])
    },
    JobPromise("lost children are tolerated where the kind says so; the parent ends in part") {
      let rule = ChildRule(toleratesLoss: true)
      try $0.submitParent(1, children: 3, rule)
      try $0.fail(try $0.claimed("a").ticket)
      try $0.cancel(12)
      #expect(try $0.job(1).state == .waiting)
      try $0.complete(try $0.claimed("c").ticket)
      let parent = try $0.claimed("p", at: 1)
      #expect(parent.children.lost == 2)
      #expect(try $0.complete(parent.ticket).state == .partiallyCompleted)
    },
    JobPromise("a parent without work of its own ends with its last child") {
      try $0.submitParent(1, children: 2, ChildRule(toleratesLoss: true, hasJoin: false))
      try $0.submitParent(2, children: 1, ChildRule(hasJoin: false))
      try $0.complete(try $0.claimed("a").ticket)
      try $0.fail(try $0.claimed("b").ticket, at: 3)
      try $0.complete(try $0.claimed("c").ticket, at: 4)
      #expect(try $0.states(1, 2) == [.partiallyCompleted, .completed])
      #expect(try $0.job(1).finishedAt == JobSubject.at(3))
      #expect(try $0.job(1).result == ["children": 2, "lost": 1, "partial": 0])
    },
    JobPromise("a parent all of whose children are lost fails, however tolerant") {
      try $0.submitParent(1, children: 2, ChildRule(toleratesLoss: true))
      try $0.cancel(11)
      try $0.cancel(12)
      #expect(try $0.job(1).state == .failed)
      #expect(try $0.job(1).error?.code == "jobs.child_lost")
    },
    JobPromise("a child that completes in part leaves its parent flawed, and kills it not") {
      subject in
      try subject.submitParent(1, children: 1)
      let child = try subject.claimed("a")
      _ = try subject.store.writeJobs {
        try $0.completeJob(child.ticket, result: 1, inPart: true, at: JobSubject.at(1))
      }
      #expect(try subject.job(11).state == .partiallyCompleted)
      let parent = try subject.claimed("p", at: 1)
      #expect(try subject.complete(parent.ticket).state == .partiallyCompleted)
    },
    JobPromise("a parent that is tried anew begins with its lost children") { subject in
      try subject.submitParent(1, children: 3)
      try subject.complete(try subject.claimed("a").ticket)
      let running = try subject.claimed("b")
      try subject.fail(try subject.claimed("c").ticket)
      // One is still ending.
      #expect(failureCode { try subject.retry(1) } == .jobBadTransition)
      #expect(failureCode { try subject.retry(13) } == .jobBadTransition)
      _ = try subject.store.writeJobs {
        try $0.endCancelledJob(running.ticket, at: JobSubject.at(2))
      }
      #expect(try subject.retry(1, at: 3).state == .waiting)
      #expect(try subject.states(11, 12, 13) == [.completed, .queued, .queued])
      for number in 0..<2 {
        try subject.complete(try subject.claimed("d\(number)", at: 3).ticket)
      }
      let parent = try subject.claimed("p", at: 4)
      #expect(parent.id.text == "j1" && !parent.children.isFlawed && parent.children.pending == 0)
      #expect(try subject.complete(parent.ticket).state == .completed)
    },
    JobPromise("a cancelled parent is not tried anew while a part of it still runs, lost or not") {
      subject in
      try subject.submitParent(1, children: 1)
      let child = try subject.claimed("a")
      try subject.cancel(1)
      #expect(try !subject.job(1).children.isFlawed)
      #expect(failureCode { try subject.retry(1) } == .jobBadTransition)
      // Its work was done before it heard of the wish.
      try subject.complete(child.ticket)
      #expect(try subject.retry(1, at: 2).state == .queued)
      #expect(try subject.claimed("p", at: 2).isJoin)
    },
    JobPromise("a job that is wished to end is split no more") { subject in
      try subject.submit(1)
      let job = try subject.claimed("a")
      try subject.cancel(1)
      let parts = try subject.children(of: 1, 1...2)
      let end = try subject.store.writeJobs {
        try $0.fanOut(job.ticket, children: parts, stage: nil, at: JobSubject.at(2))
      }
      #expect(end.state == .cancelled && end.children.total == 0)
      #expect(failureCode { try subject.job(11) } == .jobNotFound)
    },
    JobPromise("a lost child can be tried anew while its parent waits") {
      try $0.submitParent(1, children: 2, ChildRule(toleratesLoss: true))
      try $0.fail(try $0.claimed("a").ticket)
      #expect(try $0.job(1).children.lost == 1)
      try $0.retry(11)
      #expect(try $0.job(1).children.lost == 0 && $0.job(1).children.pending == 2)
    },
    JobPromise("a parent's join that fails is tried again without its children") {
      try $0.submitParent(1, children: 1)
      try $0.complete(try $0.claimed("a").ticket)
      try $0.fail(try $0.claimed("p", at: 1).ticket)
      #expect(try $0.retry(1, at: 2).state == .queued)
      #expect(try $0.claimed("q", at: 2).isJoin)
    },
    JobPromise("a parent tells how many of its parts are done") {
      try $0.submitParent(1, children: 4, ChildRule(toleratesLoss: true))
      try $0.complete(try $0.claimed("a").ticket)
      #expect(try $0.job(1).progress.fraction == 0.25)
      try $0.fail(try $0.claimed("b").ticket)
      #expect(try $0.job(1).progress.fraction == 0.5)
      // A lost one is none that is done.
      let told = try $0.events(of: 1).filter { $0.kind == .segmentComplete }
      #expect(
        told.map(\.payload) == [
          ["job_id": "j1", "child_id": "j11", "ordinal": 0, "done": 1, "total": 4]
        ])
    },
  ]
}
