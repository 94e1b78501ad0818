import Foundation
import Foundations
import Model
import TestSupport
import Testing

@Suite("The life of a job")
struct JobLifecycleTests {
  @Test("is drawn in the documents as the table has it")
  func diagram() throws {
    let path = "docs/jobs.md"
    let text = try String(contentsOf: Golden.root.appending(path: path), encoding: .utf8)
    let parts = text.components(separatedBy: "```mermaid\n")
    try #require(parts.count == 2)
    let rest = try #require(parts[1].firstRange(of: "\n```"))
    let drawn = parts[0] + "```mermaid\n" + JobLifecycle.diagram + parts[1][rest.lowerBound...]
    let difference = try Golden.difference(path, drawn, root: Golden.root)
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test("does what the table says, and refuses all else without a change")
  func transitions() throws {
    for state in JobState.allCases {
      for event in JobLifecycle.Event.allCases {
        let job = try job(in: state)
        var changed = job
        guard let transition = JobLifecycle.transition(state, event) else {
          #expect(throws: ModelFailure.self) {
            try changed.apply(event, at: Timestamp(microseconds: 9))
          }
          #expect(changed == job)
          continue
        }
        try changed.apply(event, at: Timestamp(microseconds: 9))
        #expect(changed.state == transition.to)
        #expect((changed.finishedAt != nil) == transition.to.isFinal)
        #expect(changed.epoch >= job.epoch)
      }
    }
  }

  @Test("leads from every state to an end, and every event happens somewhere")
  func reach() {
    var ending = Set(JobState.allCases.filter(\.isFinal))
    for _ in JobState.allCases {
      ending.formUnion(JobLifecycle.table.filter { ending.contains($0.to) }.map(\.from))
    }
    #expect(ending == Set(JobState.allCases))
    #expect(Set(JobLifecycle.table.map(\.event)) == Set(JobLifecycle.Event.allCases))
  }

  @Test("gives and takes a lease only with a new epoch, but where the worker ends its part itself")
  func epochs() {
    let forced: Set<JobLifecycle.Event> = [.lapse, .lapseCancelled, .setAside]
    for line in JobLifecycle.table {
      let isNew = line.effects.contains(.newEpoch)
      #expect(isNew == (line.event == .claim || forced.contains(line.event)), "\(line)")
      let leaves = line.from == .running && line.to != .running
      #expect(line.effects.contains(.dropLease) == leaves, "\(line)")
    }
  }

  @Test("waits between attempts grow to the cap, shortened by the chance that is handed in")
  func waits() {
    let policy = RetryPolicy()
    #expect(policy.delay(beforeAttempt: 2, chance: 0) == .seconds(1))
    #expect(policy.delay(beforeAttempt: 3, chance: 0) == .seconds(2))
    #expect(policy.delay(beforeAttempt: 3, chance: 1) == .seconds(1))
    #expect(policy.delay(beforeAttempt: 60, chance: 0) == .seconds(60))
  }

  @Test("what is told of a failure comes back as it was kept")
  func errors() throws {
    let failure = ModelFailure(
      .jobBadValue, "no", hint: "yes", cause: ModelFailure(.jobConflict, "below"))
    var error = JobError(failure, at: Timestamp(microseconds: 1_700_000_000_123_456))
    error.operation = "encode"
    error.stage = "segments"
    error.toolOutput = "tail\n"
    error.details = ["input": "film.mp4"]
    #expect(error.causes == ["jobs.conflict: below"])
    #expect(JobError(json: error.json) == error)
  }

  private func job(in state: JobState) throws -> Job {
    var job = Job(
      id: try JobID("j"), NewJob(kind: "k"), state: state, at: Timestamp(microseconds: 1))
    job.attempts = 1
    if state == .running {
      job.lease = JobLease(worker: "w", until: Timestamp(microseconds: 5))
    }
    if state.isFinal { job.finishedAt = Timestamp(microseconds: 2) }
    return job
  }
}
