/// The settings of this process, each with its value and where that came from.
///
/// Read once at the start (`Configuration.load`) and handed down; nothing below asks the
/// environment or a file again.
package struct Configuration: Sendable {
  /// All settings, in the order of the table.
  package let settings: [Setting]
  /// What was found and has no effect.
  package let warnings: [ConfigurationWarning]
  /// The files that were read, the stronger first.
  package let files: [FilePath]
  private let places: [String: Int]

  init(settings: [Setting], warnings: [ConfigurationWarning], files: [FilePath]) {
    self.settings = settings
    self.warnings = warnings
    self.files = files
    places = Dictionary(uniqueKeysWithValues: settings.indices.map { (settings[$0].spec.name, $0) })
  }

  /// The defaults of all settings.
  package static func defaults(of schema: SettingSchema) -> Configuration {
    Configuration(
      settings: schema.specs.map { Setting(spec: $0, value: $0.defaultValue, origin: .default) },
      warnings: [], files: [])
  }

  /// The value of a setting; the key must be one of the table.
  package subscript<Value>(key: SettingKey<Value>) -> Value {
    guard let setting = self[key.spec.name], setting.spec == key.spec,
      let value = key.unwrap(setting.value)
    else { preconditionFailure("\(key.spec.name) is not in the table of settings") }
    return value
  }

  /// A setting by its whole name; nil where there is none.
  package subscript(name: String) -> Setting? { places[name].map { settings[$0] } }

  /// Every setting with all that is known of it, for `config show --json`.
  package func json(_ schema: SettingSchema) -> JSONValue {
    .array(settings.map { $0.json(variable: schema.variable(for: $0.spec)) })
  }
}
