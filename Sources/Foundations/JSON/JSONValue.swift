/// Any JSON value.
///
/// Objects keep their order and numbers their digits, so that what was read and not understood is
/// written back as it was.
package enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

/// A number as it was written, so that neither 2^63 nor 0.10 changes on the way through.
package struct JSONNumber: Sendable, Hashable {
  /// The digits, in JSON's grammar.
  package let text: String

  /// Takes digits that are known to be in JSON's grammar.
  init(text: String) { self.text = text }

  /// A whole number.
  package init(_ value: some BinaryInteger) { text = String(value) }

  /// A fraction; nil for infinities and NaN, which JSON cannot say.
  package init?(_ value: Double) {
    guard value.isFinite else { return nil }
    // Swift prints the shortest text that reads back the same; 1e+16 and 1e-07 are JSON too.
    if value == value.rounded(), value.magnitude < 1e15 {
      text = value == 0 && value.sign == .minus ? "-0" : String(Int64(value))
    } else {
      text = "\(value)"
    }
  }

  /// The value as a fraction; nil for one too large, rather than infinity.
  package var double: Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }

  /// The value as a whole number, if it is one and fits.
  package var int: Int? {
    if let whole = Int(text) { return whole }
    // Written as 1e3 or 7.0. From 2^53 on a fraction no longer tells neighbours apart.
    guard let value = double, value.magnitude < 0x1p53 else { return nil }
    return Int(exactly: value)
  }
}

/// The members of a JSON object, in order.
///
/// Names are compared byte by byte. Swift's own comparison takes the two ways of writing an accented
/// letter for the same; two members that differ so are two members, and both are kept.
package struct JSONObject: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// The members as they will be written.
  package private(set) var members: [(key: String, value: JSONValue)]

  /// An empty object.
  package init() { members = [] }

  /// Members in the order of the literal; a later one of the same name replaces the earlier.
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init()
    for (key, value) in elements { self[key] = value }
  }

  /// The member's value.
  ///
  /// Setting nil takes the member out; setting a new name puts it at the end.
  package subscript(key: String) -> JSONValue? {
    get { place(of: key).map { members[$0].value } }
    set {
      let place = place(of: key)
      switch (place, newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): members.remove(at: place)
      case (nil, let value?): members.append((key, value))
      case (nil, nil): break
      }
    }
  }

  private func place(of key: String) -> Int? {
    members.firstIndex {
      $0.key.utf8.count == key.utf8.count && $0.key.utf8.elementsEqual(key.utf8)
    }
  }

  /// Adds a member that is known to be new, without looking for an old one.
  mutating func append(_ key: String, _ value: JSONValue) { members.append((key, value)) }

  /// Equal when the same names have the same values, in whatever order.
  package static func == (left: Self, right: Self) -> Bool {
    left.members.count == right.members.count
      && left.members.allSatisfy { right[$0.key] == $0.value }
  }

  package func hash(into hasher: inout Hasher) {
    var sum = 0
    for member in members {
      var one = Hasher()
      one.combine(member.key)
      one.combine(member.value)
      sum ^= one.finalize()
    }
    hasher.combine(sum)
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral, ExpressibleByStringInterpolation
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
  package init(floatLiteral value: Double) { self = .double(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    var object = JSONObject()
    for (key, value) in elements { object[key] = value }
    self = .object(object)
  }
  package init(nilLiteral: ()) { self = .null }

  /// A whole number.
  package static func int(_ value: some BinaryInteger) -> JSONValue { .number(JSONNumber(value)) }

  /// A fraction; `null` for infinities and NaN.
  package static func double(_ value: Double) -> JSONValue {
    JSONNumber(value).map(JSONValue.number) ?? .null
  }

  /// The value, or `null` for nothing.
  package static func string(orNull value: String?) -> JSONValue {
    value.map(JSONValue.string) ?? .null
  }

  /// The whole number, or `null` for nothing.
  package static func int(orNull value: (some BinaryInteger)?) -> JSONValue {
    value.map { .int($0) } ?? .null
  }

  /// The fraction, or `null` for nothing.
  package static func double(orNull value: Double?) -> JSONValue {
    value.map { .double($0) } ?? .null
  }
}

extension JSONValue {
  /// The text, if this is one.
  package var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The truth value, if this is one.
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The whole number, if this is one that fits.
  package var int: Int? { if case .number(let value) = self { value.int } else { nil } }
  /// The number, if this is one.
  package var double: Double? { if case .number(let value) = self { value.double } else { nil } }
  /// The elements, if this is an array.
  package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  /// The members, if this is an object.
  package var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
  /// A member of an object.
  package subscript(key: String) -> JSONValue? { object?[key] }
  /// An element of an array, nil past its end.
  package subscript(index: Int) -> JSONValue? {
    guard let array, array.indices.contains(index) else { return nil }
    return array[index]
  }
}
