import Foundations
import Model
import Testing

/// What is promised of jobs that come again and again.
enum Schedules {
  static let promises = [
    JobPromise("a schedule submits its job when it is due, and not twice") { subject in
      let schedule = try Self.schedule(.every(seconds: 60))
      try subject.store.writeJobs { try $0.putSchedule(schedule) }
      #expect(try subject.store.readJobs { try $0.schedules() } == [schedule])
      #expect(
        try subject.store.readJobs { try $0.nextDue(after: JobSubject.at(1)) } == JobSubject.at(60))
      #expect(try submitDue(subject, at: 59, 1).isEmpty)
      let submitted = try submitDue(subject, at: 61, 2)
      #expect(submitted.map(\.job.id.text) == ["j2"])
      #expect(submitted.first?.job.asked.input == ["keep": 3])
      #expect(try submitDue(subject, at: 61, 3).isEmpty)
      let kept = try #require(try subject.store.readJobs { try $0.schedule(schedule.id) })
      #expect(kept.nextDue == JobSubject.at(120) && kept.lastJob?.text == "j2")
    },
    JobPromise("times that were missed count as one, and what is still open is not doubled") {
      subject in
      let schedule = try Self.schedule(.every(seconds: 60))
      try subject.store.writeJobs { try $0.putSchedule(schedule) }
      #expect(try submitDue(subject, at: 60 * 1_000 + 5, 1).count == 1)
      let next = try subject.store.readJobs { try $0.schedule(schedule.id)?.nextDue }
      #expect(next == JobSubject.at(60 * 1_001))
      let second = try submitDue(subject, at: 60 * 1_001, 2)
      #expect(second.map(\.source) == [.joined] && second.map(\.job.id.text) == ["j1"])
      try subject.complete(try subject.claimed("a", at: 60 * 1_001).ticket)
      #expect(try submitDue(subject, at: 60 * 1_002, 3).map(\.source) == [.new])
    },
    JobPromise("a daily schedule keeps its time of the day") { subject in
      // 03:00, two hours east of UTC.
      let schedule = try Self.schedule(.daily(second: 3 * 3_600, offset: 2 * 3_600))
      #expect(schedule.nextDue > JobSubject.at(0))
      #expect(schedule.nextDue - JobSubject.at(0) <= .seconds(86_400))
      #expect(schedule.nextDue.description.hasSuffix("T01:00:00.000Z"))
      try subject.store.writeJobs { try $0.putSchedule(schedule) }
      let due = Double((schedule.nextDue - JobSubject.at(0)).components.seconds)
      #expect(try submitDue(subject, at: due, 1).count == 1)
      let kept = try #require(try subject.store.readJobs { try $0.schedule(schedule.id) })
      #expect(kept.nextDue == schedule.nextDue + .seconds(86_400))
      #expect(kept.rhythm == schedule.rhythm && kept.job == schedule.job)
    },
    JobPromise("a schedule that is off submits nothing; one that is replaced or deleted is gone") {
      subject in
      var schedule = try Self.schedule(.every(seconds: 60))
      schedule.isOn = false
      try subject.store.writeJobs { [schedule] in try $0.putSchedule(schedule) }
      #expect(try submitDue(subject, at: 100, 1).isEmpty)
      #expect(try subject.store.readJobs { try $0.nextDue(after: JobSubject.at(1)) } == nil)
      schedule.isOn = true
      try subject.store.writeJobs { [schedule] in try $0.putSchedule(schedule) }
      #expect(try submitDue(subject, at: 100, 1).count == 1)
      let id = schedule.id
      try subject.store.writeJobs { try $0.deleteSchedule(id) }
      #expect(try subject.store.readJobs { try $0.schedules() }.isEmpty)
      #expect(
        failureCode { try subject.store.writeJobs { try $0.deleteSchedule(id) } } == .jobNotFound)
    },
    JobPromise("a rhythm that cannot be kept is refused") { subject in
      for rhythm in [JobSchedule.Rhythm.every(seconds: 0), .daily(second: 86_400, offset: 0)] {
        let schedule = try Self.schedule(rhythm)
        #expect(
          failureCode { try subject.store.writeJobs { try $0.putSchedule(schedule) } }
            == .jobBadValue)
      }
    },
  ]

  private static func schedule(_ rhythm: JobSchedule.Rhythm) throws -> JobSchedule {
    var job = NewJob(kind: "cleanup", input: ["keep": 3])
    job.user = "ann"
    job.cacheKey = "k"
    return JobSchedule(id: try ScheduleID("nightly"), job, rhythm, from: JobSubject.at(0))
  }

  private static func submitDue(
    _ subject: JobSubject, at seconds: Double, _ number: Int
  ) throws -> [SubmittedJob] {
    let id = try subject.id(number)
    return try subject.store.writeJobs {
      try $0.submitDueJobs(at: JobSubject.at(seconds)) { id }
    }
  }
}
