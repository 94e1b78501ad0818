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
    for problem in file.document.problems { note(problem) }
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
            at: entry.keyPlace, hint: "write [\(name)], and its settings below it", showing: .key)
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
        showing: spec.isSecret ? .key : .all)
    }
  }

  private mutating func noteUnknown(_ entry: TOMLTable.Entry, path: [String]) {
    let name = (path + [entry.key]).joined(separator: ".")
    let isTable = if case .table = entry.node.value { true } else { false }
    let shown = name.inMessage
    // What stands behind an unknown key may be a secret whose key is misspelt.
    note(
      isTable ? "unknown table `\(shown)`" : "unknown key `\(shown)`", nil, at: entry.keyPlace,
      hint: SettingSuggestion(schema).hint(for: entry.key, in: path, isTable: isTable),
      showing: .key)
  }

  /// Notes something that is not TOML.
  private mutating func note(_ problem: TOMLProblem) {
    let spec = schema.spec(named: problem.path.joined(separator: "."))
    let line = file.document.line(file.document.position(of: problem.place.lowerBound).line)
    let isPublic = spec.map { !$0.isSecret && Self.isLine(line, of: $0) } ?? false
    let word = isPublic ? problem.word.map { ": `\($0.inMessage)`" } ?? "" : ""
    let isHeader = problem.path.isEmpty && Self.isBareHeader(line)
    note(
      problem.message + word, spec?.name,
      at: problem.place, hint: problem.hint,
      showing: isPublic || isHeader ? .upToIt : Self.isKey(line) ? .key : .nothing)
  }

  /// Whether a line begins with a setting's key.
  ///
  /// A list that was never closed is found wrong in a later line, which may be that of a secret.
  private static func isLine(_ line: String, of spec: SettingSpec) -> Bool {
    let key = line.prefix { $0 != "=" }.filter { !" \t\"'".contains($0) }
    return key == spec.name || spec.name.hasSuffix(".\(key)")
  }

  private static func isBareHeader(_ line: String) -> Bool {
    line.first { $0 != " " && $0 != "\t" } == "[" && !line.contains { "\"'=".contains($0) }
  }

  /// Whether a line begins with one bare key and an `=`, so that the key can be shown.
  private static func isKey(_ line: String) -> Bool {
    let front = line.prefix { $0 != "=" }.split(whereSeparator: { $0 == " " || $0 == "\t" })
    return line.contains("=") && front.count == 1
      && front[0].utf8.allSatisfy { TOMLReader.isBareKey($0) || $0 == UInt8(ascii: ".") }
  }

  /// How much of a line may be shown.
  private enum Showing {
    /// All of it: it is that of a setting which is no secret.
    case all
    /// What comes before the problem, and the problem itself; what follows was not understood.
    case upToIt
    /// What comes before the first `=`; all of a header, which has none.
    case key
    /// Nothing: any of it may be a secret.
    case nothing
  }

  private mutating func note(
    _ message: String, _ setting: String?, at place: Range<Int>, hint: String?, showing: Showing
  ) {
    let position = file.document.position(of: place.lowerBound)
    let width = file.document.width(of: place)
    let line = file.document.line(position.line)
    let end = position.column - 1 + width
    let count =
      switch showing {
      case .all: line.unicodeScalars.count
      case .upToIt: end
      case .key: line.unicodeScalars.prefix { $0 != "=" }.count + 1
      case .nothing: 0
      }
    problems.append(
      ConfigurationProblem(
        place: .line(
          file.path, position,
          QuotedLine(line, column: position.column, width: width, showing: count)),
        setting: setting, message: message, hint: hint))
  }
}

extension SettingSpec {
  /// Says what was expected and, unless it is a secret, what was found.
  func message(for refusal: SettingRefusal) -> String {
    let found = isSecret ? "" : ", but is \(refusal.found.inMessage)"
    return "`\(name)` must be \(shape.expectation)\(found)"
  }
}
