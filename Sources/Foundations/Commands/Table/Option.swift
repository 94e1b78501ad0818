/// An option that has a row in a table; `Option` is the one that conforms.
package protocol OptionKey: Sendable {
  /// Its row.
  var spec: OptionSpec { get }
}

/// An option and the type of what it gives: a row of the table and the key to read it by.
///
///     static let fps = Option("fps", .number(in: 1...1_000), "Frames a second.").default(24)
///     …
///     let fps = arguments[WriteVideo.fps]   // Double
///
/// An option with a value gives an optional; `required`, `default` and `repeated` change that.
package struct Option<Value: Sendable>: OptionKey {
  package let spec: OptionSpec
  let extract: @Sendable ([any Sendable]) -> Value

  /// An option with a value; what it gives is nil when it is not given.
  package init<Given>(
    _ name: String, _ kind: ValueKind<Given>, _ summary: String, details: [String] = [],
    short: Character? = nil, placeholder: String? = nil, category: String = "Options",
    defaultText: String? = nil, environment: String? = nil, setting: String? = nil,
    isHidden: Bool = false
  ) where Value == Given? {
    spec = OptionSpec(
      name: name, short: short, summary: summary, details: details, form: kind.form,
      placeholder: placeholder ?? Self.placeholder(kind.form, name), category: category,
      defaultText: defaultText, environment: environment, setting: setting, isHidden: isHidden,
      isNegatable: false, read: kind.read)
    extract = { givenValues($0, as: Given.self).last }
  }

  private init(_ spec: OptionSpec, extract: @escaping @Sendable ([any Sendable]) -> Value) {
    self.spec = spec
    self.extract = extract
  }

  /// For a choice of many words the last word of the name tells more than `WORD`: `LEVEL`.
  private static func placeholder(_ form: ValueForm, _ name: String) -> String {
    guard case .choice = form, !form.placeholder.contains("|") else { return form.placeholder }
    return name.split(separator: "-").last.map { $0.uppercased() } ?? form.placeholder
  }

  /// The same option, which must be given.
  package func required<Given: Sendable>() -> Option<Given> where Value == Given? {
    var spec = spec
    spec.isRequired = true
    let name = spec.name
    return Option<Given>(spec) { values in
      guard let value = extract(values) else {
        preconditionFailure("--\(name) is required, and the parser saw to it")
      }
      return value
    }
  }

  /// The same option with what holds when it is not given; the help shows it.
  package func `default`<Given: Sendable>(
    _ value: Given, shownAs text: String? = nil
  ) -> Option<Given> where Value == Given? {
    var spec = spec
    // 24 and not 24.0.
    let plain = (value as? Double).flatMap { Int(exactly: $0) }.map { "\($0)" } ?? "\(value)"
    spec.defaultText = text ?? plain
    return Option<Given>(spec) { extract($0) ?? value }
  }

  /// The same option, which may be given several times.
  package func repeated<Given: Sendable>() -> Option<[Given]> where Value == Given? {
    var spec = spec
    spec.repetition = .repeated
    return Option<[Given]>(spec) { givenValues($0, as: Given.self) }
  }

  /// The same option, which takes all words up to the next option, and may be given again.
  ///
  /// Only for commands that take no arguments: among those nobody could tell where the values end.
  package func several<Given: Sendable>() -> Option<[Given]> where Value == Given? {
    var spec = spec
    spec.repetition = .several
    return Option<[Given]>(spec) { givenValues($0, as: Given.self) }
  }
}

extension Option where Value == Bool {
  /// A flag, which is given or not.
  package static func flag(
    _ name: String, _ summary: String, details: [String] = [], short: Character? = nil,
    category: String = "Options", environment: String? = nil, setting: String? = nil,
    isHidden: Bool = false
  ) -> Option {
    let spec = OptionSpec(
      flag: name, summary, details, short, category, environment, setting, isHidden,
      isNegatable: false)
    return Option(spec) { givenValues($0, as: Bool.self).last ?? false }
  }
}

extension Option where Value == Bool? {
  /// A flag with its opposite, `--name` and `--no-name`; nil when neither is given.
  package static func toggle(
    _ name: String, _ summary: String, details: [String] = [], short: Character? = nil,
    category: String = "Options", defaultText: String? = nil, environment: String? = nil,
    setting: String? = nil, isHidden: Bool = false
  ) -> Option {
    var spec = OptionSpec(
      flag: name, summary, details, short, category, environment, setting, isHidden,
      isNegatable: true)
    spec.defaultText = defaultText
    return Option(spec) { givenValues($0, as: Bool.self).last }
  }
}

/// Values that the parser read with the option's own row, and so of its type.
private func givenValues<Given>(_ values: [any Sendable], as type: Given.Type) -> [Given] {
  values.map { value in
    guard let given = value as? Given else {
      preconditionFailure("two options of one name and different types were mixed up")
    }
    return given
  }
}

extension OptionSpec {
  fileprivate init(
    flag name: String, _ summary: String, _ details: [String], _ short: Character?,
    _ category: String, _ environment: String?, _ setting: String?, _ isHidden: Bool,
    isNegatable: Bool
  ) {
    self.init(
      name: name, short: short, summary: summary, details: details, form: nil, placeholder: "",
      category: category, defaultText: nil, environment: environment, setting: setting,
      isHidden: isHidden, isNegatable: isNegatable, read: { _ throws(ValueProblem) in true })
  }
}
