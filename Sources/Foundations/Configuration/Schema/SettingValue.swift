/// The value of any setting.
package enum SettingValue: Sendable, Hashable {
  case bool(Bool)
  case whole(Int)
  case number(Double)
  case text(String)
  case path(FilePath)
  case size(ByteSize)
  case duration(Duration)
  case list([String])

  /// The value as it stands in a file, and as it is shown: TOML on one line.
  package var text: String {
    switch self {
    case .bool(let value): TOMLValue.boolean(value).text
    case .whole(let value): "\(value)"
    case .number(let value): TOMLValue.float(value).text
    case .text(let value): TOMLValue.quoted(value)
    case .path(let value): TOMLValue.quoted(value.text)
    case .size(let value): TOMLValue.quoted(value.exactText)
    case .duration(let value): TOMLValue.quoted(value.exactText)
    case .list(let values): "[\(values.map(TOMLValue.quoted).joined(separator: ", "))]"
    }
  }

  /// The value for machines; sizes and durations are texts, as they stand in a file.
  package var json: JSONValue {
    switch self {
    case .bool(let value): .bool(value)
    case .whole(let value): .int(value)
    case .number(let value): .double(value)
    case .text(let value): .string(value)
    case .path(let value): .string(value.text)
    case .size(let value): .string(value.exactText)
    case .duration(let value): .string(value.exactText)
    case .list(let values): .array(values.map(JSONValue.string))
    }
  }
}
