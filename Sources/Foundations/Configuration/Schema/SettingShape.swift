/// What values a setting takes.
package enum SettingShape: Sendable, Equatable {
  case bool
  case whole(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  case text
  case choice([String])
  case path
  case size(ClosedRange<ByteSize>)
  case duration(ClosedRange<Duration>)
  case list

  /// The name of the type in JSON.
  package var name: String {
    switch self {
    case .bool: "boolean"
    case .whole: "integer"
    case .number: "number"
    case .text: "text"
    case .choice: "choice"
    case .path: "path"
    case .size: "size"
    case .duration: "duration"
    case .list: "list"
    }
  }

  /// The type and the range in words: `a whole number from 1 to 8`.
  package var expectation: String {
    switch self {
    case .bool: "true or false"
    case .whole: "a whole number\(range)"
    case .number: "a number\(range)"
    case .text: "a text"
    case .choice(let names): "one of " + names.map(TOMLValue.quoted).joined(separator: ", ")
    case .path: "a path"
    case .size: "a size\(range), such as \"10GB\" or \"512MiB\""
    case .duration: "a duration\(range), such as \"30s\" or \"1h30m\""
    case .list: "a list of texts"
    }
  }

  /// The names of a choice.
  package var choices: [String]? { if case .choice(let names) = self { names } else { nil } }

  /// The least value as text, where there is a least one.
  package var minimum: String? { bounds.least }

  /// The greatest value as text, where there is a greatest one.
  package var maximum: String? { bounds.greatest }

  private var range: String {
    switch bounds {
    case (let least?, let greatest?): " from \(least) to \(greatest)"
    case (let least?, nil): " of at least \(least)"
    case (nil, let greatest?): " of at most \(greatest)"
    case (nil, nil): ""
    }
  }

  /// The ends of the range; those that only the type itself sets are none.
  private var bounds: (least: String?, greatest: String?) {
    switch self {
    case .whole(let range):
      (
        range.lowerBound == .min ? nil : "\(range.lowerBound)",
        range.upperBound == .max ? nil : "\(range.upperBound)"
      )
    case .number(let range):
      (
        range.lowerBound.isFinite ? "\(range.lowerBound)" : nil,
        range.upperBound.isFinite ? "\(range.upperBound)" : nil
      )
    case .size(let range):
      (
        range.lowerBound.bytes <= 0 ? nil : range.lowerBound.exactText,
        range.upperBound.bytes == .max ? nil : range.upperBound.exactText
      )
    case .duration(let range):
      (
        range.lowerBound <= .zero ? nil : range.lowerBound.exactText,
        range.upperBound >= .longest ? nil : range.upperBound.exactText
      )
    case .bool, .text, .choice, .path, .list: (nil, nil)
    }
  }

  /// A value to show where there is no default and no example.
  var plainExample: SettingValue {
    switch self {
    case .bool: .bool(true)
    case .whole(let range): .whole(max(range.lowerBound, min(1, range.upperBound)))
    case .number(let range): .number(max(range.lowerBound, min(1, range.upperBound)))
    case .text: .text("text")
    case .choice(let names): .text(names.first ?? "")
    case .path: .path("/path/to/it")
    case .size(let range): .size(range.lowerBound)
    case .duration(let range): .duration(range.lowerBound)
    case .list: .list(["one", "two"])
    }
  }
}

extension Duration {
  /// The longest duration that can be written in a setting, of 292 years.
  package static let longest = Duration.nanoseconds(Int64.max)
}
