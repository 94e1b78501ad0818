package import Foundations

/// A job that is submitted again and again.
package struct JobSchedule: Sendable, Equatable {
  /// How often.
  package enum Rhythm: Sendable, Equatable {
    /// So long after the last time it was due.
    case every(seconds: Int64)
    /// At a second of the day, in a zone that is so far from UTC.
    case daily(second: Int64, offset: Int64)
  }

  package let id: ScheduleID
  package var job: NewJob
  package var rhythm: Rhythm
  package var nextDue: Timestamp
  package var isOn = true
  /// The job that it submitted last.
  package var lastJob: JobID?

  /// A schedule that begins with the first time after `now`.
  package init(id: ScheduleID, _ job: NewJob, _ rhythm: Rhythm, from now: Timestamp) {
    self.id = id
    self.job = job
    self.rhythm = rhythm
    nextDue = Self.next(rhythm, after: now, due: now)
  }

  /// Takes note that its time has come: times that were missed count as one.
  package mutating func advance(past now: Timestamp) {
    nextDue = Self.next(rhythm, after: now, due: nextDue)
  }

  /// Refuses what never comes or comes all the time.
  package func check() throws(ModelFailure) {
    let isGood =
      switch rhythm {
      case .every(let seconds): (1...31_622_400).contains(seconds)
      case .daily(let second, let offset):
        (0..<86_400).contains(second) && (-86_400...86_400).contains(offset)
      }
    guard isGood else {
      throw ModelFailure(
        .jobBadValue, "schedule \(id) has no rhythm that can be kept",
        hint: "give a second to a year, or a time of the day")
    }
    try job.check()
  }

  private static func next(_ rhythm: Rhythm, after now: Timestamp, due: Timestamp) -> Timestamp {
    let second: Int64 = 1_000_000
    let (first, step) =
      switch rhythm {
      case .every(let seconds): (due.microseconds, seconds * second)
      case .daily(let inDay, let offset): ((inDay - offset) * second, 86_400 * second)
      }
    guard step > 0 else { return Timestamp(microseconds: .max) }
    let (steps, rest) = (now.microseconds - first).quotientAndRemainder(dividingBy: step)
    return Timestamp(microseconds: first + (rest < 0 ? steps : steps + 1) * step)
  }
}
