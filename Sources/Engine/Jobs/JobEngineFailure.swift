package import Foundations
package import Model

/// A job that nobody can do, refused before it is queued; or one that nobody can end.
package struct JobEngineFailure: Failure {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let cause: (any Error)? = nil

  init(_ code: FailureCode, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// The failure that jobs are which go on after they were told to end.
  package init(stuck jobs: [JobID]) {
    self.init(
      .jobStuck,
      "\(HumanText.count(jobs.count, "job")) did not end when told to: "
        + jobs.prefix(5).map(\.text).joined(separator: ", "),
      hint: "another worker takes them up after their lease")
  }

  /// The refusal of a kind that there is not.
  init(unknownKind kind: String, known: [String]) {
    let near = NearMiss.best(for: kind, among: known).map { "did you mean '\($0)'? " } ?? ""
    self.init(
      .jobUnknownKind, "there is no kind of job '\(ShownText.of(String(kind.prefix(80))))'",
      hint: near + "there are \(known.joined(separator: ", "))")
  }

  /// The refusal of a member that a kind does not take.
  init(unknownMember member: String, of kind: String, known: [String]) {
    let near = NearMiss.best(for: member, among: known).map { "did you mean '\($0)'? " } ?? ""
    self.init(
      .jobBadInput,
      "the input of \(kind) has no member '\(ShownText.of(String(member.prefix(80))))'",
      hint: near + (known.isEmpty ? "it takes none" : "it takes \(known.joined(separator: ", "))"))
  }
}

extension FailureCode {
  /// A kind that no worker knows.
  package static let jobUnknownKind = FailureCode(
    "jobs.unknown_kind", .usage, "There is no such kind of job.")
  /// An input that the kind cannot work on.
  package static let jobBadInput = FailureCode(
    "jobs.bad_input", .usage, "The kind of job does not take such an input.")
  /// Jobs whose work does not listen.
  package static let jobStuck = FailureCode(
    "jobs.stuck", .internalError, "Jobs did not end when they were told to; the worker ends itself."
  )
}
