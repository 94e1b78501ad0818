/// What values a setting takes, with the Swift type they have in the program.
package struct SettingType<Value: Sendable>: Sendable {
  /// The values as they are written.
  package let shape: SettingShape
  let wrap: @Sendable (Value) -> SettingValue
  let unwrap: @Sendable (SettingValue) -> Value?
}

extension SettingType where Value == Bool {
  /// `true` or `false`.
  package static var bool: Self {
    Self(shape: .bool, wrap: { .bool($0) }) { if case .bool(let value) = $0 { value } else { nil } }
  }
}

extension SettingType where Value == Int {
  /// A whole number in a range.
  package static func whole(_ range: ClosedRange<Int> = .min ... .max) -> Self {
    Self(shape: .whole(range), wrap: { .whole($0) }) {
      if case .whole(let value) = $0 { value } else { nil }
    }
  }
}

extension SettingType where Value == Double {
  /// A number in a range.
  package static func number(
    _ range: ClosedRange<Double> = -Double.infinity ... .infinity
  ) -> Self {
    Self(shape: .number(range), wrap: { .number($0) }) {
      if case .number(let value) = $0 { value } else { nil }
    }
  }
}

extension SettingType where Value == String {
  /// Any text.
  package static var text: Self {
    Self(shape: .text, wrap: { .text($0) }) { if case .text(let value) = $0 { value } else { nil } }
  }
}

extension SettingType where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of the names of an enum.
  package static var choice: Self {
    Self(shape: .choice(Value.allCases.map(\.rawValue)), wrap: { .text($0.rawValue) }) {
      if case .text(let name) = $0 { Value(rawValue: name) } else { nil }
    }
  }
}

extension SettingType where Value == FilePath {
  /// A path; `~/` in front is the home folder, and a path in a file is relative to that file.
  package static var path: Self {
    Self(shape: .path, wrap: { .path($0) }) { if case .path(let value) = $0 { value } else { nil } }
  }
}

extension SettingType where Value == ByteSize {
  /// A size with its unit, in a range.
  package static func size(
    _ range: ClosedRange<ByteSize> = ByteSize(bytes: 0)...ByteSize(bytes: .max)
  ) -> Self {
    Self(shape: .size(range), wrap: { .size($0) }) {
      if case .size(let value) = $0 { value } else { nil }
    }
  }
}

extension SettingType where Value == Duration {
  /// A duration with its unit, in a range.
  package static func duration(_ range: ClosedRange<Duration> = .zero ... .longest) -> Self {
    Self(shape: .duration(range), wrap: { .duration($0) }) {
      if case .duration(let value) = $0 { value } else { nil }
    }
  }
}

extension SettingType where Value == [String] {
  /// Several texts; in the environment they are separated by commas.
  package static var list: Self {
    Self(shape: .list, wrap: { .list($0) }) { if case .list(let value) = $0 { value } else { nil } }
  }
}
