package import Foundations

/// Why a job, or an attempt of it, failed: all that its owner is told.
package struct JobError: Sendable, Equatable {
  /// A failure's stable name.
  package let code: String
  package let kind: FailureKind
  package let message: String
  package let hint: String?
  /// What was being done: `encode segment 4`.
  package var operation: String?
  package var stage: String?
  package let at: Timestamp
  /// The failures below it, outermost first.
  package var causes: [String]
  /// The end of what the tool said itself.
  package var toolOutput: String?
  /// What else there is to know: inputs without secrets, who held the job.
  package var details = JSONObject()

  /// An error by its parts.
  package init(
    code: String, kind: FailureKind, message: String, hint: String? = nil, at: Timestamp,
    causes: [String] = []
  ) {
    self.code = code
    self.kind = kind
    self.message = message
    self.hint = hint
    // What is kept is RFC 3339, which says no more.
    self.at = at.inMilliseconds
    self.causes = causes
  }

  /// A failure as a job's error.
  package init(_ failure: any Failure, at: Timestamp) {
    self.init(
      code: failure.code.name, kind: failure.kind, message: failure.message, hint: failure.hint,
      at: at, causes: failure.chain.dropFirst().map { "\($0)" })
  }

  /// The object that stores keep and surfaces show.
  package var json: JSONObject {
    [
      "code": .string(code), "kind": .string(kind.rawValue), "message": .string(message),
      "hint": .string(orNull: hint), "operation": .string(orNull: operation),
      "stage": .string(orNull: stage), "time": .string(at.description),
      "causes": .array(causes.map { .string($0) }),
      "tool_output": .string(orNull: toolOutput), "details": .object(details),
    ]
  }

  /// Reads what `json` writes; nil for what is no error.
  package init?(json: JSONObject) {
    guard let code = json["code"]?.string, let message = json["message"]?.string,
      let kind = json["kind"]?.string.flatMap(FailureKind.init(rawValue:)),
      let at = json["time"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { return nil }
    self.init(
      code: code, kind: kind, message: message, hint: json["hint"]?.string, at: at,
      causes: json["causes"]?.array?.compactMap(\.string) ?? [])
    operation = json["operation"]?.string
    stage = json["stage"]?.string
    toolOutput = json["tool_output"]?.string
    details = json["details"]?.object ?? [:]
  }
}
