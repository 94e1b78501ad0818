/// What a file says of the settings, and all that is wrong with it.
struct ConfigurationFileSettings {
  /// The settings of the file by name, with the line of each.
  private(set) var values: [String: (value: SettingValue, line: Int)] = [:]
  private(set) var problems: [ConfigurationProblem] = []
  private let file: ConfigurationFile
  private let schema: SettingSchema

  init(_ file: ConfigurationFile, _ schema: SettingSchema) {
    self.file = file
    self.schema = schema
    for problem in file.document.problems {
      let spec = schema.spec(named: problem.path.joined(separator: "."))
      note(
        problem.message, spec?.name, at: problem.place, hint: problem.hint,
        isSecret: !isPublic(problem, spec))
    }
    read(file.document.root, path: [])
    problems.sort { Self.place(of: $0) < Self.place(of: $1) }
  }

  private static func place(of problem: ConfigurationProblem) -> (Int, Int) {
    if case .line(_, let position, _) = problem.place {
      (position.line, position.column)
    } else {
      (0, 0)
    }
  }

  /// Whether the line of a problem is that of a setting which is no secret.
  ///
  /// A list that was never closed is found wrong in a later line, which may be a secret's.
  private func isPublic(_ problem: TOMLProblem, _ spec: SettingSpec?) -> Bool {
    guard let spec, !spec.isSecret else { return false }
    let line = file.document.line(file.document.position(of: problem.place.lowerBound).line)
    let key = line.prefix { $0 != "=" }.filter { !" \t\"'".contains($0) }
    return key == spec.name || key == spec.key || spec.name.hasSuffix(".\(key)")
  }

  private mutating func read(_ table: TOMLTable, path: [String]) {
    for entry in table.entries {
      let name = (path + [entry.key]).joined(separator: ".")
      // A dot within quotes is part of one name, and no setting has such a name.
      let isPlain = !entry.key.contains(".")
      if isPlain, let spec = schema.spec(named: name) {
        read(spec, entry)
      } else if isPlain, schema.isTable(name) {
        if case .table(let inner) = entry.node.value {
          read(inner, path: path + [entry.key])
        } else {
          note(
            "`\(name)` is a table of settings, but is \(entry.node.value.noun) here", name,
            at: entry.keyPlace, hint: "write [\(name)], and its settings below it", isSecret: true)
        }
      } else {
        noteUnknown(entry, path: path)
      }
    }
  }

  private mutating func read(_ spec: SettingSpec, _ entry: TOMLTable.Entry) {
    do throws(SettingRefusal) {
      let value = try spec.shape.read(entry.node.value)
      let line = file.document.position(of: entry.keyPlace.lowerBound).line
      values[spec.name] = (value, line)
    } catch {
      note(
        spec.message(for: error), spec.name, at: entry.node.place, hint: error.hint,
        isSecret: spec.isSecret)
    }
  }

  private mutating func noteUnknown(_ entry: TOMLTable.Entry, path: [String]) {
    let name = (path + [entry.key]).joined(separator: ".")
    let isTable = if case .table = entry.node.value { true } else { false }
    let shown = TerminalSafe.line(name)
    // What stands behind an unknown key may be a secret whose key is misspelt.
    note(
      isTable ? "unknown table `\(shown)`" : "unknown key `\(shown)`", nil, at: entry.keyPlace,
      hint: SettingSuggestion(schema).hint(for: entry.key, in: path, isTable: isTable),
      isSecret: true)
  }

  private mutating func note(
    _ message: String, _ setting: String?, at place: Range<Int>, hint: String?, isSecret: Bool
  ) {
    let position = file.document.position(of: place.lowerBound)
    let line = QuotedLine(
      file.document.line(position.line), column: position.column,
      width: file.document.width(of: place), isSecret: isSecret)
    problems.append(
      ConfigurationProblem(
        place: .line(file.path, position, line), setting: setting, message: message, hint: hint))
  }
}

extension SettingSpec {
  /// Says what was expected and, unless it is a secret, what was found.
  func message(for refusal: SettingRefusal) -> String {
    let found = isSecret ? "" : ", but is \(Self.short(refusal.found))"
    return "`\(name)` must be \(shape.expectation)\(found)"
  }

  private static func short(_ text: String) -> String {
    TerminalSafe.line(text.count > 80 ? "\(text.prefix(80))…" : text)
  }
}
