/// The text of a fresh configuration file: every setting, explained, and none of them set.
///
/// Settings stand in comments without a space behind the `#`, explanations in comments with one,
/// so that a setting is set by taking one sign away. The headers of tables are live, so that a key
/// below one lands in its table.
package struct ConfigurationTemplate: Sendable {
  /// The text, with a newline at its end.
  package let text: String

  /// The template of a table of settings.
  package init(_ schema: SettingSchema) {
    var text = """
      # Settings of mediary. All are optional; take the # away to set one.
      #
      # What counts, from the strongest: a flag, a variable of the environment, \(ConfigurationSources.fileName) in the
      # current folder, this file in ~/.config/mediary, the default. `mediary config show --origin`
      # tells which one did.

      """
    var tables: [String] = []
    for spec in schema.specs where !tables.contains(spec.table) { tables.append(spec.table) }
    // Keys without a table must stand above the first header.
    for table in tables.sorted(by: { $0.isEmpty && !$1.isEmpty }) {
      if !table.isEmpty { text += "\n[\(table)]\n" }
      for spec in schema.specs where spec.table == table {
        text += "\n" + Self.paragraph(spec, variable: schema.variable(for: spec))
      }
    }
    self.text = text
  }

  private static func paragraph(_ spec: SettingSpec, variable: String) -> String {
    let note = spec.defaultNote.map { " (\($0))" } ?? ""
    let standard = (spec.defaultValue.map { "default \($0.text)" } ?? "not set by default") + note
    let flag = spec.flag.map { ", or \($0)" } ?? ""
    let secret =
      spec.isSecret ? ["A secret: better in the environment than in a file others can read."] : []
    let lines =
      wrapped(spec.help) + wrapped("\(spec.shape.expectation.capitalisedFirst); \(standard).")
      + wrapped("Or \(variable) in the environment\(flag).") + secret
    return lines.map { "# \($0)\n" }.joined() + "#\(spec.key) = \(spec.example.text)\n"
  }

  /// Lines of at most 96 columns.
  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if let last = lines.last, last.count + word.count < 96 {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
