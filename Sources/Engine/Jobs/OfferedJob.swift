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
  func flag(_ member: String) throws -> Bool { try switched(member) ?? false }

  /// A flag that may be left to others; nil where it is not given.
  func switched(_ member: String) throws -> Bool? {
    guard let value = given(member) else { return nil }
    guard let flag = value.bool else { throw bad(member, "true or false", value) }
    return flag
  }

  /// Any whole number, of which another says whether it will do; nil where it is not given.
  func whole(_ member: String) throws -> Int? {
    guard let value = given(member) else { return nil }
    guard let number = value.int else { throw bad(member, "a whole number", value) }
    return number
  }

  /// Any number; nil where it is not given.
  func number(_ member: String) throws -> Double? {
    guard let value = given(member) else { return nil }
    guard let number = value.double else { throw bad(member, "a number", value) }
    return number
  }

  /// A text, or a number in its digits; nil where it is not given.
  func plain(_ member: String) throws -> String? {
    guard let value = given(member) else { return nil }
    if case .number(let number) = value { return number.text }
    guard let text = value.string, !text.isEmpty else { throw bad(member, "a text", value) }
    return text
  }

  /// Texts, one of them or a list; none where it is not given.
  func texts(_ member: String) throws -> [String] {
    guard let value = given(member) else { return [] }
    if let text = value.string { return [text] }
    guard let texts = value.array?.compactMap(\.string), texts.count == value.array?.count else {
      throw bad(member, "a list of texts", value)
    }
    return texts
  }

  /// One of an enumeration's words; nil where it is not given.
  func choice<Word>(_ member: String) throws -> Word?
  where Word: RawRepresentable<String> & CaseIterable {
    guard let value = given(member) else { return nil }
    guard let word = value.string.flatMap({ Word(rawValue: $0) }) else {
      let words = Word.allCases.map(\.rawValue)
      let near = value.string.flatMap { NearMiss.best(for: $0, among: words) }
      throw bad(
        member, "one of \(words.joined(separator: ", "))", value,
        hint: near.map { "did you mean '\($0)'?" })
    }
    return word
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
    guard let value = object[member], value != .null else { return nil }
    return value
  }

  private func bad(
    _ member: String, _ wanted: String, _ value: JSONValue, hint: String? = nil
  ) -> JobEngineFailure {
    JobEngineFailure(
      .jobBadInput,
      "'\(member)' of \(kind) is \(ShownText.of(String(value.text().prefix(80)))), and should be \(wanted)",
      hint: hint)
  }
}
