/// The form of a line of the log.
package enum LogFormat: String, Sendable, CaseIterable {
  /// For people: time, level, message, `key=value`.
  case text
  /// For machines: one JSON object a line.
  case json

  /// The line without its end; no record makes more than one line.
  package func line(_ record: LogRecord) -> String {
    switch self {
    case .text: Self.styledLine(record).text
    case .json: Self.object(record).text()
    }
  }

  /// The line for people, to be coloured by the terminal that shows it.
  package static func styledLine(_ record: LogRecord) -> StyledText {
    let level = record.level.rawValue
    let space = String(repeating: " ", count: 8 - level.count)
    var line: StyledText = "\(record.time, .quiet) \(level, record.level.style)\(space)"
    line.append(record.message, record.level >= .warning ? .strong : .plain)
    for (key, value) in record.fields.members {
      line.append(" \(word(key))=", .quiet)
      line.append(word(value))
    }
    return line
  }

  /// A value so that it can be told from its neighbours.
  private static func word(_ value: JSONValue) -> String {
    if case .string(let text) = value { word(text) } else { value.text() }
  }

  /// A text as it is where it is one plain word, else in quotes.
  private static func word(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"\"=".utf8.contains($0) }
    return isPlain ? text : JSONValue.string(text).text()
  }

  private static let ownNames: Set<String> = ["time", "level", "message"]

  private static func object(_ record: LogRecord) -> JSONValue {
    var object: JSONObject = [
      "time": .string(record.time.description), "level": .string(record.level.rawValue),
      "message": .string(record.message),
    ]
    for (key, value) in record.fields.members {
      // A field must not take the place of what every reader relies on.
      object[ownNames.contains(key) ? key + "_" : key] = value
    }
    return .object(object)
  }
}

extension LogLevel {
  fileprivate var style: TextStyle {
    switch self {
    case .trace, .debug: .quiet
    case .info: .plain
    case .notice: .good
    case .warning: .warning
    case .error: .bad
    }
  }
}
