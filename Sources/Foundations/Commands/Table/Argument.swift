/// One row of the table: a word that is no option.
package struct ArgumentSpec: Sendable {
  /// How many words it takes.
  package enum Count: Sendable, Equatable {
    /// Exactly one.
    case one
    /// One or none.
    case optional
    /// This many or more.
    case many(atLeast: Int)
  }

  /// What stands for it in usage lines: `FILE`.
  package let name: String
  /// What it is, in one sentence; `backticks` mark what is typed.
  package let summary: String
  /// The form of its value.
  package let form: ValueForm
  /// How many words it takes.
  package internal(set) var count: Count
  /// The option that stands in for it: where that is given, this must not be.
  package internal(set) var replacedBy: String?
  let read: @Sendable (ArgumentWord) throws(ValueProblem) -> any Sendable

  /// The fewest words it must have.
  var minimum: Int {
    switch count {
    case .one: 1
    case .optional: 0
    case .many(let least): least
    }
  }

  var isMany: Bool { if case .many = count { true } else { false } }
}

/// An argument that has a row in a table; `Argument` is the one that conforms.
package protocol ArgumentKey: Sendable {
  /// Its row.
  var spec: ArgumentSpec { get }
}

/// An argument and the type of what it gives: a row of the table and the key to read it by.
///
///     static let files = Argument("FILE", .path(.file), "What to look at.").many()
///     …
///     for file in arguments[Probe.files] { … }   // [FilePath]
package struct Argument<Value: Sendable>: ArgumentKey {
  package let spec: ArgumentSpec
  let extract: @Sendable ([any Sendable]) -> Value

  /// One word that must be given.
  package init(_ name: String, _ kind: ValueKind<Value>, _ summary: String) {
    spec = ArgumentSpec(
      name: name, summary: summary, form: kind.form, count: .one, read: kind.read)
    extract = { values in
      guard let value = values.first as? Value else {
        preconditionFailure("\(name) is required, and the parser saw to it")
      }
      return value
    }
  }

  private init(_ spec: ArgumentSpec, extract: @escaping @Sendable ([any Sendable]) -> Value) {
    self.spec = spec
    self.extract = extract
  }

  /// The same argument, which may be left out.
  package func optional() -> Argument<Value?> {
    precondition(spec.count == .one, "an argument is one, or optional, or many")
    var spec = spec
    spec.count = .optional
    return Argument<Value?>(spec) { $0.isEmpty ? nil : extract($0) }
  }

  /// The same argument any number of times; the words between fixed ones before and after it.
  package func many(atLeast least: Int = 1) -> Argument<[Value]> {
    precondition(spec.count == .one, "an argument is one, or optional, or many")
    var spec = spec
    spec.count = .many(atLeast: least)
    return Argument<[Value]>(spec) { $0.map { extract([$0]) } }
  }

  /// The same argument, which must be given unless an option stands in for it.
  package func unless(_ option: any OptionKey) -> Argument<Value?> {
    precondition(spec.count == .one, "an optional argument needs no stand-in")
    var spec = spec
    spec.replacedBy = option.spec.name
    return Argument<Value?>(spec) { $0.isEmpty ? nil : extract($0) }
  }

  /// The same arguments, of which some must be given unless an option stands in for them.
  package func unless<Element>(_ option: any OptionKey) -> Argument where Value == [Element] {
    var spec = spec
    spec.replacedBy = option.spec.name
    return Argument(spec, extract: extract)
  }
}
