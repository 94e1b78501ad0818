/// Everything that is known of a setting beside its value: a row of the table of settings.
package struct SettingSpec: Sendable, Equatable {
  /// The whole name, with a dot behind each table: `server.listen`.
  package let name: String
  /// What values it takes.
  package let shape: SettingShape
  /// The value it has when nobody sets it; nil where it then has none.
  package let defaultValue: SettingValue?
  /// How the default comes about, where it is computed: `half of the cores`.
  package let defaultNote: String?
  /// A value to show in a commented file.
  package let example: SettingValue
  /// What it is for; a sentence or two.
  package let help: String
  /// The flag that sets it too, with its dashes.
  package let flag: String?
  /// Whether its value must never be shown.
  package let isSecret: Bool

  /// The name without its tables: `listen`.
  package var key: String { String(name.split(separator: ".").last ?? "") }

  /// The tables it lies in: `server`; empty for those at the top.
  package var table: String { String(name.dropLast(key.count).dropLast()) }
}

/// A setting with its type: what the program reads it by.
///
///     static let parallelJobs = SettingKey(
///       "parallel_jobs", .whole(1...cores), default: max(1, cores / 2),
///       defaultNote: "half of the cores", help: "How many jobs run side by side.",
///       flag: "--jobs")
package struct SettingKey<Value: Sendable>: Sendable {
  /// The row of the table.
  package let spec: SettingSpec
  let unwrap: @Sendable (SettingValue?) -> Value?

  /// A setting that always has a value.
  package init(
    _ name: String, _ type: SettingType<Value>, default defaultValue: Value,
    defaultNote: String? = nil, help: String, flag: String? = nil, isSecret: Bool = false
  ) {
    let wrapped = type.wrap(defaultValue)
    spec = SettingSpec(
      name: name, shape: type.shape, defaultValue: wrapped, defaultNote: defaultNote,
      example: wrapped, help: help, flag: flag, isSecret: isSecret)
    unwrap = { $0.flatMap(type.unwrap) }
  }

  /// A setting that has no value until somebody sets it.
  package init<Given: Sendable>(
    _ name: String, _ type: SettingType<Given>, defaultNote: String? = nil, example: Given? = nil,
    help: String, flag: String? = nil, isSecret: Bool = false
  ) where Value == Given? {
    spec = SettingSpec(
      name: name, shape: type.shape, defaultValue: nil, defaultNote: defaultNote,
      example: example.map(type.wrap) ?? type.shape.plainExample, help: help, flag: flag,
      isSecret: isSecret)
    unwrap = { value in
      guard let value else { return .some(nil) }
      return type.unwrap(value).map { .some($0) }
    }
  }
}
