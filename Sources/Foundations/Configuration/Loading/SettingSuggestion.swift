/// What somebody may have meant who wrote a key that is no setting.
struct SettingSuggestion {
  private let schema: SettingSchema

  init(_ schema: SettingSchema) { self.schema = schema }

  /// A hint for an unknown key or table of a table.
  func hint(for key: String, in path: [String], isTable: Bool) -> String {
    let name = (path + [key]).joined(separator: ".")
    if isTable {
      if let meant = NearMiss.best(for: name, among: tables) { return "did you mean [\(meant)]?" }
    } else if key.contains("."), schema.spec(named: name) != nil {
      return "write it without quotes: \(name)"
    } else {
      if let spec = elsewhere(key) { return "it belongs \(Self.home(of: spec))" }
      let neighbours = schema.specs.filter { $0.table == path.joined(separator: ".") }
      if let meant = NearMiss.best(for: key, among: neighbours.map(\.key)) {
        return "did you mean `\(meant)`?"
      }
      if let meant = NearMiss.best(for: name, among: schema.specs.map(\.name)),
        let spec = schema.spec(named: meant)
      {
        return "did you mean `\(meant)`? It belongs \(Self.home(of: spec))"
      }
    }
    return "`config show` lists every setting"
  }

  /// The one setting with this key in another table, if there is exactly one.
  private func elsewhere(_ key: String) -> SettingSpec? {
    let specs = schema.specs.filter { $0.key == key }
    return specs.count == 1 ? specs.first : nil
  }

  private static func home(of spec: SettingSpec) -> String {
    spec.table.isEmpty
      ? "at the top, above the first [table]" : "in [\(spec.table)], as `\(spec.name)`"
  }

  /// The names of all tables in which settings lie.
  private var tables: [String] {
    var tables: [String] = []
    for spec in schema.specs where !spec.table.isEmpty && !tables.contains(spec.table) {
      tables.append(spec.table)
    }
    return tables
  }
}
