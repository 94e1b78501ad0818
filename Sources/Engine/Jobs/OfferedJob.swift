import Foundations
import Jobs
import Model

/// A sort of work that people may ask for: with what, and how it is done.
protocol OfferedJob: Sendable {
  /// By which it is asked for.
  var name: String { get }
  /// The members that its input may have.
  var members: [String] { get }
  /// The kinds that do it: its own, and those of its parts.
  var kinds: [JobKind] { get }

  /// Makes the job of an input that has no other members; refuses values that make no sense.
  func plan(_ input: JobInput) throws -> PlannedJob
}

/// A job that is about to be asked for.
struct PlannedJob {
  var job: NewJob
  /// Whether it is to be done, although it was done before.
  var isFresh = false
}

/// The input of a job, looked at before anything is queued.
struct JobInput {
  let kind: String
  let object: JSONObject

  /// A flag; false where it is not given.
  func flag(_ member: String) throws -> Bool {
    guard let value = given(member) else { return false }
    guard let flag = value.bool else { throw bad(member, "true or false", value) }
    return flag
  }

  /// A whole number in a range; nil where it is not given.
  func whole(_ member: String, _ range: ClosedRange<Int>) throws -> Int? {
    guard let value = given(member) else { return nil }
    guard let number = value.int, range.contains(number) else {
      throw bad(member, "a whole number from \(range.lowerBound) to \(range.upperBound)", value)
    }
    return number
  }

  /// A text that must be given.
  func text(_ member: String) throws -> String {
    guard let value = given(member) else {
      throw JobEngineFailure(
        .jobBadInput, "the input of \(kind) lacks '\(member)'",
        hint: #"give --input '{"\#(member)": "…"}'"#)
    }
    guard let text = value.string, !text.isEmpty else { throw bad(member, "a text", value) }
    return text
  }

  private func given(_ member: String) -> JSONValue? {
    object[member].flatMap { $0 == .null ? nil : $0 }
  }

  private func bad(_ member: String, _ wanted: String, _ value: JSONValue) -> JobEngineFailure {
    JobEngineFailure(
      .jobBadInput,
      "'\(member)' of \(kind) is \(ShownText.of(String(value.text().prefix(80)))), and should be \(wanted)"
    )
  }
}
