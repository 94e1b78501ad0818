/// A setting, its value, and where the value came from.
package struct Setting: Sendable {
  /// What is known of it.
  package let spec: SettingSpec
  /// The value; nil where it has none.
  package let value: SettingValue?
  /// What set it.
  package let origin: SettingOrigin

  /// The value for people: `4`, `"10GB"`, `(not set)`; of a secret only whether there is one.
  package var shownValue: String {
    guard let value else { return "(not set)" }
    return spec.isSecret ? "(set)" : value.text
  }

  func json(variable: String) -> JSONValue {
    .object([
      "key": .string(spec.name),
      "value": spec.isSecret ? .string(orNull: value.map { _ in "(set)" }) : value?.json ?? .null,
      "default": spec.isSecret ? .null : spec.defaultValue?.json ?? .null,
      "default_note": .string(orNull: spec.defaultNote),
      "origin": origin.json,
      "type": .string(spec.shape.name),
      "expected": .string(spec.shape.expectation),
      "minimum": .string(orNull: spec.shape.minimum),
      "maximum": .string(orNull: spec.shape.maximum),
      "choices": spec.shape.choices.map { .array($0.map(JSONValue.string)) } ?? .null,
      "help": .string(spec.help),
      "environment": .string(variable),
      "flag": .string(orNull: spec.flag),
      "secret": .bool(spec.isSecret),
    ])
  }
}
