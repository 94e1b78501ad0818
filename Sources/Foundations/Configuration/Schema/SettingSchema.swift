/// The table of all settings, and the names they go by.
///
/// A mistake in the table is one of the program and stops it at once: names that are no names,
/// two settings with one name or one variable, a default outside its range.
package struct SettingSchema: Sendable {
  /// The settings, in the order in which they are shown.
  package let specs: [SettingSpec]
  /// What the names of the environment's variables begin with.
  package let prefix: String
  private let byName: [String: SettingSpec]
  private let byVariable: [String: SettingSpec]
  private let otherVariables: Set<String>

  /// A table; `otherVariables` are those with the prefix that mean something and are no settings.
  package init(_ specs: [SettingSpec], prefix: String = "MEDIARY_", otherVariables: [String] = []) {
    self.specs = specs
    self.prefix = prefix
    byName = Dictionary(specs.map { ($0.name, $0) }) { one, _ in
      preconditionFailure("two settings are called \(one.name)")
    }
    byVariable = Dictionary(specs.map { (Self.variable(for: $0, prefix), $0) }) { one, other in
      preconditionFailure("\(one.name) and \(other.name) have the same variable")
    }
    self.otherVariables = Set(otherVariables).union([prefix + "CONFIG"])
    for spec in specs { check(spec) }
  }

  private func check(_ spec: SettingSpec) {
    precondition(Self.isName(spec.name), "\(spec.name) is no snake_case name")
    precondition(!isTable(spec.name), "\(spec.name) is a setting and a table")
    precondition(!otherVariables.contains(variable(for: spec)), "\(spec.name) has a taken variable")
    for value in [spec.defaultValue, spec.example].compactMap(\.self) {
      precondition(
        (try? spec.shape.accepted(value)) == value,
        "\(spec.name) must be \(spec.shape.expectation), but its default is \(value.text)")
    }
  }

  private static func isName(_ name: String) -> Bool {
    name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      guard let first = part.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
      else { return false }
      return part.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || TOMLReader.isDigit($0)
          || $0 == UInt8(ascii: "_")
      }
    }
  }

  /// The setting of a whole name.
  package func spec(named name: String) -> SettingSpec? { byName[name] }

  /// Whether settings lie in a table of this name.
  package func isTable(_ name: String) -> Bool { specs.contains { $0.name.hasPrefix(name + ".") } }

  /// The variable that sets a setting: `MEDIARY_SERVER_LISTEN`.
  package func variable(for spec: SettingSpec) -> String { Self.variable(for: spec, prefix) }

  private static func variable(for spec: SettingSpec, _ prefix: String) -> String {
    prefix + spec.name.uppercased().map { $0 == "." ? "_" : String($0) }.joined()
  }

  /// The setting that a variable sets.
  package func spec(forVariable variable: String) -> SettingSpec? { byVariable[variable] }

  /// Whether a variable with the prefix means something.
  package func isKnown(variable: String) -> Bool {
    byVariable[variable] != nil || otherVariables.contains(variable)
  }

  /// All variables with the prefix that mean something, sorted.
  package var variables: [String] { otherVariables.union(byVariable.keys).sorted() }
}
