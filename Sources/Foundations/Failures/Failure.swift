/// An error that says what happened, to which thing, and what to do next.
///
/// Every module has one struct that conforms (`FileFailure`, `MediaFailure`, …). Nothing below the
/// surfaces knows of exit statuses or HTTP: the edges translate from `kind`, in one table
/// (`FailureKind`).
package protocol Failure: Error, CustomStringConvertible {
  /// The stable, dotted name that scripts rely on.
  var code: FailureCode { get }
  /// What happened, to which thing; one sentence without a full stop at the end.
  var message: String { get }
  /// What to do next, where there is something to do.
  var hint: String? { get }
  /// The failure below this one.
  var cause: (any Error)? { get }
}

extension Failure {
  /// What sort of thing went wrong; the edges' table is keyed by it.
  package var kind: FailureKind { code.kind }

  /// The code and the message on one line, for logs and tests.
  package var description: String { "\(code.name): \(message)" }

  /// This failure and all below it, outermost first.
  package var chain: [any Error] {
    var links: [any Error] = [self]
    var next = cause
    while let link = next {
      links.append(link)
      next = (link as? any Failure)?.cause
    }
    return links
  }

  /// The object that every surface shows: `{"code", "message", "hint"}`.
  package var json: JSONValue {
    var object = JSONObject()
    object["code"] = .string(code.name)
    object["message"] = .string(message)
    object["hint"] = hint.map(JSONValue.string) ?? .null
    return .object(object)
  }
}
