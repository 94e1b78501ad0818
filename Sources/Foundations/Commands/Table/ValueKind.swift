/// How a word becomes a value of a type.
package struct ValueKind<Value: Sendable>: Sendable {
  /// What the word looks like.
  package let form: ValueForm
  let read: @Sendable (ArgumentWord) throws(ValueProblem) -> Value

  init(
    _ form: ValueForm, read: @escaping @Sendable (ArgumentWord) throws(ValueProblem) -> Value
  ) {
    self.form = form
    self.read = read
  }

  /// A kind of the program's own, such as an id; `make` gives nil where the text is none of them.
  ///
  /// `placeholder` stands for it in usage lines, and `expectation` says in messages what was wanted.
  package static func own(
    _ placeholder: String, _ expectation: String, _ make: @escaping @Sendable (String) -> Value?
  ) -> Self {
    Self(.own(placeholder: placeholder, expectation: expectation), make)
  }

  /// A kind whose values are made from text; nil where the text is none of them.
  init(_ form: ValueForm, _ make: @escaping @Sendable (String) -> Value?) {
    self.init(form) { word throws(ValueProblem) in
      guard let text = word.text, let value = make(text) else { throw ValueProblem(form) }
      return value
    }
  }
}

/// Why a word is no value of its kind.
struct ValueProblem: Error, Equatable {
  /// What was expected instead.
  let expected: String
  /// What may have been meant.
  let suggestion: String?

  init(_ form: ValueForm, suggestion: String? = nil) {
    expected = form.expectation
    self.suggestion = suggestion
  }
}

/// A name and a value, as in `--svt tune=0`.
package struct KeyValue: Sendable, Hashable {
  /// What stands before the first equals sign; never empty.
  package let key: String
  /// What stands after it.
  package let value: String
}

extension ValueKind where Value == String {
  /// Text; not empty.
  package static var text: Self { Self(.text) { $0.isEmpty ? nil : $0 } }

  /// Text that may be empty, for what can be cleared.
  package static var textOrEmpty: Self { Self(.text) { $0 } }

  /// One of a few words.
  package static func choice(_ choices: [ValueForm.Choice]) -> Self {
    ValueKind<String>.chosen(among: choices) { $0 }
  }

  /// The name of a command, of which completions make a list.
  package static var command: Self { Self(.command) { $0.isEmpty ? nil : $0 } }
}

extension ValueKind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of an enumeration's cases, by its raw value; `summary` says what each means.
  package static func choice(
    of type: Value.Type = Value.self, _ summary: (Value) -> String = { _ in "" }
  ) -> Self {
    let choices = Value.allCases.map { ValueForm.Choice($0.rawValue, summary($0)) }
    return chosen(among: choices) { Value(rawValue: $0) }
  }
}

extension ValueKind {
  /// A choice that suggests the nearest word; case does not matter where it tells nothing apart.
  fileprivate static func chosen(
    among choices: [ValueForm.Choice], _ make: @escaping @Sendable (String) -> Value?
  ) -> Self {
    let form = ValueForm.choice(choices)
    let words = choices.map(\.word)
    return Self(form) { word throws(ValueProblem) in
      let text = word.shown
      let alike = words.filter { $0 == text || $0.lowercased() == text.lowercased() }
      let meant = words.contains(text) ? text : alike.count == 1 ? alike[0] : nil
      guard let meant, let value = make(meant) else {
        throw ValueProblem(form, suggestion: NearMiss.best(for: text, among: words))
      }
      return value
    }
  }

  /// Several values, with commas between them; at least one, none of them empty.
  package static func list<Element>(of element: ValueKind<Element>) -> Self
  where Value == [Element] {
    Self(.list(element.form)) { word throws(ValueProblem) in
      var values: [Element] = []
      for part in word.bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        values.append(try element.read(ArgumentWord(bytes: part)))
      }
      return values
    }
  }
}

extension ValueKind where Value == Int {
  /// A whole number.
  package static func integer(in range: ClosedRange<Int> = Int.min...Int.max) -> Self {
    Self(.integer(range)) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
  }
}

extension ValueKind where Value == Double {
  /// A number, written plainly or with an exponent; never NaN or infinite.
  package static func number(
    in range: ClosedRange<Double> = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
  ) -> Self {
    Self(.number(range)) { text in
      PlainNumber.read(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension ValueKind where Value == ClosedRange<Double> {
  /// Two numbers with a comma between them, the smaller first.
  package static var numberRange: Self {
    Self(.numberRange) { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count == 2, let least = PlainNumber.read(parts[0]),
        let most = PlainNumber.read(parts[1]), least < most
      else { return nil }
      return least...most
    }
  }
}

extension ValueKind where Value == FilePath {
  /// A path, byte for byte; not empty.
  package static func path(_ use: ValueForm.PathUse) -> Self {
    Self(.path(use)) { word throws(ValueProblem) in
      guard !word.bytes.isEmpty else { throw ValueProblem(.path(use)) }
      return FilePath(bytes: word.bytes)
    }
  }
}

extension ValueKind where Value == Duration {
  /// A length of time, not negative: `10s`, `1h30m`, `1.5`, `1:30`.
  package static var duration: Self { Self(.duration) { Duration(parsing: $0) } }
}

extension ValueKind where Value == ByteSize {
  /// An amount of data: `1500`, `10MB`, `1GiB`.
  package static var byteSize: Self { Self(.byteSize) { ByteSize(parsing: $0) } }
}

extension ValueKind where Value == KeyValue {
  /// A name and a value with an equals sign between them; the value may be empty, or hold more of
  /// them.
  package static var pair: Self {
    Self(.pair) { text in
      guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
      return KeyValue(
        key: String(text[..<sign]), value: String(text[text.index(after: sign)...]))
    }
  }
}

/// Numbers as people write them; `Double.init` would also take `nan`, `inf` and `0x1p3`.
private enum PlainNumber {
  static func read(_ text: some StringProtocol) -> Double? {
    guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let value = Double(text),
      value.isFinite
    else { return nil }
    return value
  }
}
