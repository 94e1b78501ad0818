/// Reads JSON text strictly (RFC 8259), with bounds that hold against crafted input.
package struct JSONReader {
  /// What a reader accepts at the most.
  package struct Limits: Sendable {
    /// How deep arrays and objects may nest.
    package var depth = 128
    /// How long the text may be, in bytes.
    package var bytes = 64 << 20

    /// The default limits.
    package init() {}
  }

  private let bytes: [UInt8]
  private var place = 0
  private let limits: Limits

  private init(_ bytes: [UInt8], _ limits: Limits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// The value of a whole text; anything after it but white space is an error.
  package static func read(
    _ bytes: [UInt8], limits: Limits = Limits()
  ) throws(JSONFailure) -> JSONValue {
    guard bytes.count <= limits.bytes else {
      throw JSONFailure(.jsonTooLarge, "JSON of \(bytes.count) bytes is over \(limits.bytes)")
    }
    var reader = JSONReader(bytes, limits)
    // A byte order mark is not JSON, but editors on other systems write one.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.place = 3 }
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.place == bytes.count else { throw reader.failure("text after the end") }
    return value
  }

  /// The value of a whole text.
  package static func read(
    _ text: String, limits: Limits = Limits()
  ) throws(JSONFailure) -> JSONValue {
    try read(Array(text.utf8), limits: limits)
  }

  private func failure(_ what: String) -> JSONFailure {
    var line = 1
    var column = 1
    for byte in bytes.prefix(place) {
      if byte == 0x0A { (line, column) = (line + 1, 1) } else { column += 1 }
    }
    return JSONFailure(.jsonMalformed, "malformed JSON at line \(line), column \(column): \(what)")
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      place += 1
    }
  }

  private mutating func value(depth: Int) throws(JSONFailure) -> JSONValue {
    guard depth <= limits.depth else {
      throw JSONFailure(.jsonTooDeep, "JSON nests deeper than \(limits.depth)")
    }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case .some: return .number(try number())
    case nil: throw failure("the text ends where a value should be")
    }
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws(JSONFailure) -> JSONValue {
    guard bytes[place...].starts(with: text.utf8) else { throw failure("not a value") }
    place += text.utf8.count
    return value
  }

  private mutating func array(depth: Int) throws(JSONFailure) -> JSONValue {
    var elements: [JSONValue] = []
    place += 1
    skipSpace()
    if next == UInt8(ascii: "]") {
      place += 1
      return .array([])
    }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      switch next {
      case UInt8(ascii: ","): place += 1
      case UInt8(ascii: "]"):
        place += 1
        return .array(elements)
      default: throw failure("a comma or ] should be here")
      }
    }
  }

  private mutating func object(depth: Int) throws(JSONFailure) -> JSONValue {
    var object = JSONObject()
    // A set beside the members, so that an object with 100,000 names is not read in square time.
    var seen: Set<String> = []
    place += 1
    skipSpace()
    if next == UInt8(ascii: "}") {
      place += 1
      return .object(object)
    }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw failure("a name in quotes should be here") }
      let key = try string()
      skipSpace()
      guard next == UInt8(ascii: ":") else { throw failure("a colon should be here") }
      place += 1
      let member = try value(depth: depth + 1)
      // The last of two members with one name wins, as in every widely used reader.
      if seen.insert(key).inserted { object.append(key, member) } else { object[key] = member }
      skipSpace()
      switch next {
      case UInt8(ascii: ","): place += 1
      case UInt8(ascii: "}"):
        place += 1
        return .object(object)
      default: throw failure("a comma or } should be here")
      }
    }
  }

  private mutating func number() throws(JSONFailure) -> JSONNumber {
    let start = place
    if next == UInt8(ascii: "-") { place += 1 }
    let whole = digits()
    guard whole > 0 else { throw failure("not a value") }
    if whole > 1, bytes[place - whole] == UInt8(ascii: "0") {
      place = start
      throw failure("a number may not begin with 0")
    }
    if next == UInt8(ascii: ".") {
      place += 1
      guard digits() > 0 else { throw failure("digits should follow the point") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      place += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { place += 1 }
      guard digits() > 0 else { throw failure("digits should follow the exponent") }
    }
    return JSONNumber(text: String(decoding: bytes[start..<place], as: UTF8.self))
  }

  private mutating func digits() -> Int {
    let start = place
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
    return place - start
  }

  private mutating func string() throws(JSONFailure) -> String {
    var out: [UInt8] = []
    place += 1
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: out, as: UTF8.self) else {
          throw failure("a text that is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): out += Array(String(try escape()).utf8)
      case 0..<0x20: throw failure("a control character in a text")
      default: out.append(byte)
      }
    }
    throw failure("a text without its closing quote")
  }

  private mutating func escape() throws(JSONFailure) -> Character {
    guard let byte = next else { throw failure("an escape without its letter") }
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Character(Unicode.Scalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try hex()
      guard (0xD800..<0xDC00).contains(first), bytes[place...].starts(with: "\\u".utf8) else {
        // A lone half of a pair says nothing; every reader that keeps going puts this sign.
        return Character(Unicode.Scalar(first) ?? "\u{FFFD}")
      }
      let afterFirst = place
      place += 2
      let second = try hex()
      guard (0xDC00..<0xE000).contains(second) else {
        // What follows the lone half is a sign of its own and is read again as such.
        place = afterFirst
        return "\u{FFFD}"
      }
      let scalar = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
      return Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")
    default: throw failure("an unknown escape")
    }
  }

  private mutating func hex() throws(JSONFailure) -> UInt32 {
    guard place + 4 <= bytes.count,
      bytes[place..<place + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { throw failure("four hex digits should follow \\u") }
    place += 4
    return value
  }
}

/// JSON text that cannot be read.
package struct JSONFailure: Failure {
  package let code: FailureCode
  package let message: String
  package var hint: String? { nil }
  package var cause: (any Error)? { nil }

  init(_ code: FailureCode, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension FailureCode {
  /// The text is not JSON.
  package static let jsonMalformed = FailureCode(
    "json.malformed", .usage, "The text is not JSON; the message says where it stops being it.")
  /// The nesting is over the limit.
  package static let jsonTooDeep = FailureCode(
    "json.too_deep", .usage, "The JSON nests deeper than is accepted.")
  /// The text is over the limit.
  package static let jsonTooLarge = FailureCode(
    "json.too_large", .usage, "The JSON text is longer than is accepted.", httpStatus: 413)
}
