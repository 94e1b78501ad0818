extension TOMLValue {
  /// The value as it can stand behind a `=`, on one line.
  package var text: String {
    switch self {
    case .string(let text): Self.quoted(text)
    case .integer(let value): "\(value)"
    case .float(let value): Self.text(of: value)
    case .boolean(let value): value ? "true" : "false"
    case .dateTime(let date): date.text
    case .array(let elements): "[\(elements.map(\.value.text).joined(separator: ", "))]"
    case .table(let table):
      table.entries.isEmpty
        ? "{}"
        : "{ \(table.entries.map { "\(Self.keyText($0.key)) = \($0.node.value.text)" }.joined(separator: ", ")) }"
    }
  }

  /// A text in double quotes, with escapes for what may not stand in it or would act on a terminal.
  package static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + digits.zeroPadded(to: 4)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// A key as it is written: bare where that is allowed, else in quotes.
  package static func keyText(_ key: String) -> String {
    !key.isEmpty && key.utf8.allSatisfy(TOMLReader.isBareKey) ? key : quoted(key)
  }

  private static func text(of value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    // Swift's shortest text that reads back the same: 1.0, 1e-07, 5e+20.
    return "\(value)"
  }
}
