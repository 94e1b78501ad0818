/// One line of the log before it has a form.
package struct LogRecord: Sendable, Equatable {
  /// When it was said.
  package let time: Timestamp
  /// How much it matters.
  package let level: LogLevel
  /// What happened.
  package let message: String
  /// To what, and with what; in order.
  package let fields: JSONObject

  /// The longest message and the longest text of a field, in bytes; what is longer is cut.
  package static let longestText = 16_384

  /// A record; texts that are too long are cut, so that one line cannot fill a disk.
  package init(time: Timestamp, level: LogLevel, message: String, fields: JSONObject = [:]) {
    self.time = time
    self.level = level
    self.message = Self.cut(message)
    self.fields = Self.cut(fields)
  }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > longestText else { return text }
    // Back to the start of a scalar, should the cut have met the middle of one.
    let bytes = Array(text.utf8.prefix(longestText))
    let end = bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
    let left = text.utf8.count - end
    return String(decoding: bytes[..<end], as: UTF8.self) + "… (\(left) bytes more)"
  }

  private static func cut(_ fields: JSONObject) -> JSONObject {
    guard fields.members.contains(where: { !$0.value.isShort }) else { return fields }
    var short = JSONObject()
    for (key, value) in fields.members {
      if case .string(let text) = value {
        short[key] = .string(cut(text))
      } else {
        // A tree that is too large is told as text: half a tree would be a false one.
        short[key] = value.isShort ? value : .string(cut(value.text()))
      }
    }
    return short
  }
}

extension JSONValue {
  /// Whether it can stand in a line of the log as it is.
  fileprivate var isShort: Bool {
    switch self {
    case .null, .bool: true
    case .number(let number): number.text.utf8.count <= LogRecord.longestText
    case .string(let text): text.utf8.count <= LogRecord.longestText
    case .array, .object: text().utf8.count <= LogRecord.longestText
    }
  }
}
