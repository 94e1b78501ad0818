import Foundations

/// What the record of an output tells, in words.
enum OutputText {
  /// How large and how long it is: `1024×768`, `0:05.0`.
  static func extent(_ record: JSONObject) -> String {
    var parts: [String] = []
    if let width = record["width"]?.int, let height = record["height"]?.int {
      parts.append("\(width)×\(height)")
    }
    if case .number(let number)? = record["duration_seconds"], let seconds = number.double,
      (0..<1e9).contains(seconds)
    {
      parts.append(HumanText.clock(.seconds(seconds), decimals: 1))
    }
    return parts.joined(separator: " ")
  }

  /// A text, or a number as it was written.
  static func plain(_ value: JSONValue?) -> String {
    switch value {
    case .string(let text)?: text
    case .number(let number)?: number.text
    case .bool(let value)?: value ? "true" : "false"
    case .null?, nil: ""
    case .array?, .object?: value?.text() ?? ""
    }
  }
}
