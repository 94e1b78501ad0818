import Foundations
import Model
import Testing

/// What is promised of jobs that are asked for.
enum Adding {
  static let promises = [
    JobPromise("a job is kept as it was asked for, and is queued") { subject in
      var expected = NewJob(kind: "encode", input: ["number": 1])
      func set(_ new: inout NewJob) {
        new.queue = "slow"
        new.needs = ["gpu", "svt-av1"]
        new.priority = -3
        new.user = "ann"
        new.memory = 5 << 30
        new.runAt = JobSubject.at(50)
        new.attempts = 7
        new.crashes = 1
        new.run = try? RunID("r1")
        new.workflow = try? WorkflowID("w1")
        new.dedupeKey = "d"
        new.cacheKey = "c"
        new.childRule = ChildRule(toleratesLoss: true, hasJoin: false)
      }
      set(&expected)
      let submitted = try subject.submit(1, at: 3, set)
      #expect(submitted.source == .new)
      let job = try subject.job(1)
      #expect(job == submitted.job)
      #expect(job.asked == expected)
      #expect(job.state == .queued)
      #expect(job.createdAt == JobSubject.at(3))
      #expect(job.runAt == JobSubject.at(50))
      #expect(job.attempts == 0 && job.epoch == 0 && job.lease == nil && job.isOpen)
    },
    JobPromise("a job that is asked for twice by its id is one, and nothing changes") {
      try $0.submit(1)
      let before = try $0.everything()
      #expect(try $0.submit(1, at: 5).source == .same)
      #expect(try $0.everything() == before)
      #expect(
        failureCode { [subject = $0] in try subject.submit(1, kind: "other") } == .jobConflict)
      #expect(
        failureCode { [subject = $0] in try subject.submit(1) { $0.input = 5 } } == .jobConflict)
      #expect(try $0.everything() == before)
    },
    JobPromise("a parent and its children come together, and twice they are the same") {
      try $0.submitParent(1, children: 3) { $0.user = "ann" }
      let before = try $0.everything()
      #expect(try $0.submitParent(1, children: 3) { $0.user = "ann" }.source == .same)
      #expect(try $0.everything() == before)
      let parent = try $0.job(1)
      #expect(parent.state == .waiting)
      #expect(parent.children.total == 3 && parent.children.pending == 3)
      for number in 1...3 {
        let child = try $0.job(10 + number)
        #expect(child.state == .queued)
        #expect(child.place == Job.Place(parent: parent.id, ordinal: number - 1))
        #expect(child.user == "ann")
      }
    },
    JobPromise("children whose id is taken are refused, with all that came with them") { subject in
      try subject.submit(12)
      #expect(failureCode { try subject.submitParent(1, children: 3) } == .jobConflict)
      #expect(failureCode { try subject.job(1) } == .jobNotFound)
      #expect(failureCode { try subject.job(11) } == .jobNotFound)
    },
    JobPromise("what no job has is refused") { subject in
      #expect(failureCode { try subject.submit(1, kind: "En code") } == .jobBadValue)
      #expect(failureCode { try subject.submit(1) { $0.queue = "" } } == .jobBadValue)
      #expect(failureCode { try subject.submit(1) { $0.needs = ["a,b"] } } == .jobBadValue)
      #expect(failureCode { try subject.submit(1) { $0.user = "" } } == .jobBadValue)
      #expect(failureCode { try subject.submit(1) { $0.attempts = 0 } } == .jobBadValue)
      let large = JSONValue.string(String(repeating: "a", count: NewJob.mostBytes))
      #expect(failureCode { try subject.submit(1) { $0.input = large } } == .jobTooLarge)
      let kept = try subject.everything()
      #expect(kept.isEmpty)
    },
    JobPromise("a job that is held is given to nobody until it is released, with its children") {
      try $0.submit(1) { $0.isHeld = true }
      try $0.submitParent(2, children: 2) { $0.isHeld = true }
      #expect(try $0.states(1, 2, 21, 22) == [.created, .created, .created, .created])
      #expect(try $0.claim("a") == nil)
      for number in [1, 2, 2, 1] {
        let id = try $0.id(number)
        _ = try $0.store.writeJobs { try $0.releaseJob(id, at: JobSubject.at(1)) }
      }
      #expect(try $0.states(1, 2, 21, 22) == [.queued, .waiting, .queued, .queued])
      #expect(try $0.claim("a", at: 1)?.id.text == "j1")
    },
    JobPromise("a job and a run are written together or not at all") { subject in
      let run = Run(
        id: try RunID("r1"), createdAt: JobSubject.at(0), schema: "dada", mode: "eco")
      let id = try subject.id(1)
      #expect(
        failureCode {
          try subject.store.write { transaction in
            try transaction.putRun(run, outputs: [])
            _ = try transaction.submitJob(NewJob(kind: "encode"), id: id, at: JobSubject.at(0))
            _ = try transaction.submitJob(NewJob(kind: "BAD"), id: id, at: JobSubject.at(0))
          }
        } == .jobBadValue)
      #expect(try subject.store.read { try $0.run(run.id) } == nil)
      #expect(try subject.everything().isEmpty)
    },
  ]
}
