extension Configuration {
  /// Reads all sources; the stronger wins: flag, environment, project's file, user's file, default.
  ///
  /// Every source is read and checked in full, also where a stronger one sets the same: a file
  /// that is wrong should be known before the day on which it counts.
  package static func load(
    _ schema: SettingSchema, from sources: ConfigurationSources
  ) throws(ConfigurationFailure) -> Configuration {
    var loading = ConfigurationLoading(schema, sources)
    loading.readFiles()
    loading.readEnvironment()
    loading.readFlags()
    return try loading.configuration()
  }
}

/// The work of `Configuration.load`: layer upon layer, and all problems of all layers.
private struct ConfigurationLoading {
  private let schema: SettingSchema
  private let sources: ConfigurationSources
  private var values: [String: (value: SettingValue, origin: SettingOrigin)] = [:]
  private var files: [FilePath] = []
  private var problems: [ConfigurationProblem] = []
  private var cause: (any Error)?

  init(_ schema: SettingSchema, _ sources: ConfigurationSources) {
    self.schema = schema
    self.sources = sources
  }

  /// Reads the one file that is named, or the user's and then the project's.
  mutating func readFiles() {
    let named = sources.file ?? sources.variable(schema.prefix + "CONFIG").map { FilePath($0) }
    if let named {
      read(named, isRequired: true)
    } else {
      if let user = sources.userFile { read(user, isRequired: false) }
      read(sources.projectFile, isRequired: false)
    }
  }

  private mutating func read(_ path: FilePath, isRequired: Bool) {
    let path = resolved(path, in: ".")
    do throws(FileFailure) {
      let file =
        isRequired ? try ConfigurationFile(reading: path) : try ConfigurationFile.ifPresent(path)
      guard let file else { return }
      files.insert(path, at: 0)
      let settings = ConfigurationFileSettings(file, schema)
      problems += settings.problems
      for (name, (value, line)) in settings.values {
        set(name, value, .file(path, line: line), relativeTo: path.parent)
      }
    } catch {
      cause = cause ?? error
      problems.append(
        ConfigurationProblem(
          place: .file(path), setting: nil, message: error.message,
          hint: error.hint ?? (isRequired ? "name a file that is there" : nil)))
    }
  }

  mutating func readEnvironment() {
    for spec in schema.specs {
      let variable = schema.variable(for: spec)
      guard let text = sources.variable(variable) else { continue }
      do throws(SettingRefusal) {
        set(spec.name, try spec.shape.read(text), .environment(variable), relativeTo: ".")
      } catch {
        problems.append(
          ConfigurationProblem(
            place: .environment(variable), setting: spec.name, message: spec.message(for: error),
            hint: error.hint))
      }
    }
  }

  mutating func readFlags() {
    for flag in sources.flags {
      guard let spec = schema.spec(named: flag.setting) else {
        preconditionFailure("\(flag.name) sets \(flag.setting), which is not in the table")
      }
      do throws(SettingRefusal) {
        let value = try value(of: flag, spec.shape)
        set(spec.name, value, .flag(flag.name), relativeTo: ".")
      } catch {
        problems.append(
          ConfigurationProblem(
            place: .flag(flag.name), setting: spec.name, message: spec.message(for: error),
            hint: error.hint))
      }
    }
  }

  /// A flag's value: of a list all that were given, else the last.
  private func value(
    of flag: ConfigurationSources.Flag, _ shape: SettingShape
  ) throws(SettingRefusal) -> SettingValue {
    if shape == .list { return try shape.accepted(.list(flag.values)) }
    guard let last = flag.values.last else { throw SettingRefusal(found: "nothing") }
    return try shape.read(last)
  }

  private mutating func set(
    _ name: String, _ value: SettingValue, _ origin: SettingOrigin, relativeTo folder: FilePath
  ) {
    if case .path(let path) = value {
      values[name] = (.path(resolved(path, in: folder)), origin)
    } else {
      values[name] = (value, origin)
    }
  }

  /// A path with `~/` opened up, and seen from a folder.
  private func resolved(_ path: FilePath, in folder: FilePath) -> FilePath {
    if let home = sources.home, path.bytes.first == UInt8(ascii: "~") {
      if path.bytes.count == 1 { return home }
      if path.bytes[1] == UInt8(ascii: "/") {
        return home.appending(FilePath(bytes: path.bytes[2...]))
      }
    }
    return folder.appending(path)
  }

  func configuration() throws(ConfigurationFailure) -> Configuration {
    guard problems.isEmpty else { throw ConfigurationFailure(problems, cause: cause) }
    return Configuration(
      settings: schema.specs.map { spec in
        guard let (value, origin) = values[spec.name] else {
          return Setting(spec: spec, value: spec.defaultValue, origin: .default)
        }
        return Setting(spec: spec, value: value, origin: origin)
      },
      warnings: warnings, files: files)
  }

  /// The variables that look like settings and are none, sorted.
  private var warnings: [ConfigurationWarning] {
    sources.environment.keys.filter { $0.hasPrefix(schema.prefix) && !schema.isKnown(variable: $0) }
      .sorted().map { name in
        ConfigurationWarning(
          variable: name, suggestion: NearMiss.best(for: name, among: schema.variables))
      }
  }
}
