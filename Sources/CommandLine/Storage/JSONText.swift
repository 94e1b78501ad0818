import Foundations

/// JSON as it is typed: the text itself, the name of a file behind an @, or - for standard input.
enum JSONText {
  /// An object; `what` names it in an error.
  static func object(_ given: String, _ what: String) throws -> JSONObject {
    guard let object = try value(given, what).object else {
      throw UsageFailure(
        .usageBadValue, "\(what) should be a JSON object", hint: #"such as '{"key": "value"}'"#)
    }
    return object
  }

  /// Any value.
  static func value(_ given: String, _ what: String) throws -> JSONValue {
    let text = try MetadataCommands.text(given)
    do {
      return try JSONReader.read(text)
    } catch {
      throw UsageFailure(
        .usageBadValue, "\(what) should be JSON, and is not: \(error.asFailure.message)",
        hint: #"quote it for the shell: '{"key": "value"}'"#)
    }
  }
}
