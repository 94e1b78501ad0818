/// Why a value was refused; what was expected follows from the shape.
struct SettingRefusal: Error, Equatable {
  /// What stands there, in words.
  let found: String
  /// How to mend it, where that is clear.
  var hint: String?
}

extension SettingShape {
  /// Reads what the environment or a flag says.
  func read(_ text: String) throws(SettingRefusal) -> SettingValue {
    let found = TOMLValue.quoted(text)
    switch self {
    case .bool:
      switch text.lowercased() {
      case "true", "yes", "on", "1": return .bool(true)
      case "false", "no", "off", "0": return .bool(false)
      default: throw SettingRefusal(found: found)
      }
    case .whole:
      guard let value = Int(text) else { throw SettingRefusal(found: found) }
      return try accepted(.whole(value))
    case .number:
      // Double would also read 0x1p3, which nobody means here.
      guard let value = Double(text), value.isFinite, !text.lowercased().contains("x") else {
        throw SettingRefusal(found: found)
      }
      return try accepted(.number(value))
    case .size:
      guard let size = ByteSize(parsing: text) else { throw SettingRefusal(found: found) }
      return try accepted(.size(size))
    case .duration:
      guard let duration = Duration(parsing: text) else { throw SettingRefusal(found: found) }
      return try accepted(.duration(duration))
    case .text, .choice: return try accepted(.text(text))
    case .path: return .path(try path(text))
    case .list:
      return try accepted(.list(text.split(separator: ",").map(Self.trimmed).filter { $0 != "" }))
    }
  }

  /// Reads what a file says.
  func read(_ value: TOMLValue) throws(SettingRefusal) -> SettingValue {
    switch (self, value) {
    case (.bool, .boolean(let value)): return .bool(value)
    case (.whole, .integer(let value)): return try accepted(.whole(Int(value)))
    case (.number, .integer(let value)): return try accepted(.number(Double(value)))
    case (.number, .float(let value)): return try accepted(.number(value))
    case (.size, .integer(let value)): return try accepted(.size(ByteSize(bytes: value)))
    // As on the command line, where a bare number is in seconds too.
    case (.duration, .integer(let value)): return try accepted(.duration(.seconds(value)))
    case (.text, .string(let text)), (.choice, .string(let text)), (.path, .string(let text)),
      (.size, .string(let text)), (.duration, .string(let text)):
      return try read(text)
    case (.list, .array(let elements)): return try accepted(.list(try texts(elements)))
    case (.bool, .string), (.whole, .string), (.number, .string):
      throw SettingRefusal(found: "the text \(value.text)", hint: "write it without quotes")
    case (.list, .string): throw SettingRefusal(found: value.text, hint: "write [\(value.text)]")
    default: throw SettingRefusal(found: Self.description(of: value))
    }
  }

  private func texts(_ elements: [TOMLNode]) throws(SettingRefusal) -> [String] {
    var texts: [String] = []
    for element in elements {
      guard case .string(let text) = element.value else {
        throw SettingRefusal(found: "a list with \(Self.description(of: element.value)) in it")
      }
      texts.append(text)
    }
    return texts
  }

  private func path(_ text: String) throws(SettingRefusal) -> FilePath {
    // An empty path would be the current folder, which nobody means by an empty value.
    guard !text.isEmpty else { throw SettingRefusal(found: "empty") }
    guard !text.utf8.contains(0) else { throw Self.hasNUL }
    return FilePath(text)
  }

  private static let hasNUL = SettingRefusal(found: "a text with a NUL character in it")

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0 == " " }
    guard let last = start.lastIndex(where: { $0 != " " }) else { return "" }
    return String(start[...last])
  }

  private static func description(of value: TOMLValue) -> String {
    switch value {
    case .table, .array: value.noun
    default: value.text
    }
  }

  /// The value, if it is of this shape and in its range.
  func accepted(_ value: SettingValue) throws(SettingRefusal) -> SettingValue {
    let isAccepted =
      switch (self, value) {
      case (.bool, .bool), (.path, .path): true
      case (.whole(let range), .whole(let value)): range.contains(value)
      case (.number(let range), .number(let value)): range.contains(value)
      case (.size(let range), .size(let value)): range.contains(value)
      case (.duration(let range), .duration(let value)): range.contains(value)
      case (.choice(let names), .text(let value)): names.contains(value)
      case (.text, .text(let value)): !value.utf8.contains(0)
      case (.list, .list(let values)): !values.contains { $0.utf8.contains(0) }
      default: false
      }
    if isAccepted { return value }
    switch (self, value) {
    case (.text, _), (.list, _): throw Self.hasNUL
    case (.choice(let names), .text(let text)):
      let meant = NearMiss.best(for: text, among: names).map { "did you mean \"\($0)\"?" }
      throw SettingRefusal(found: value.text, hint: meant)
    default: throw SettingRefusal(found: value.text)
    }
  }
}
