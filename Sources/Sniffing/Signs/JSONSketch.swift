/// The beginning of a JSON text, which may end anywhere: whether it can be one, and the names at its
/// top.
struct JSONSketch {
  private enum Expected { case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd, nothing }

  /// Whether nothing in it forbids that it is JSON.
  private(set) var isPossible = false
  /// Whether its end is there.
  private(set) var isEnded = false
  /// The names in the outermost object.
  private(set) var keys: Set<String> = []
  /// Whether what is named `asset` at the top has a `version`; nil where its end is not there.
  private(set) var assetHasVersion: Bool?

  private var rest: ArraySlice<UInt8>
  // True for an object, false for a list.
  private var open: [Bool] = []
  private var expected = Expected.value
  private var topKey = ""
  private var hasVersion = false

  init(_ text: ArraySlice<UInt8>) {
    rest = text
    while true {
      rest = rest.drop { $0 == 32 || $0 == 9 || $0 == 10 || $0 == 13 }
      guard !rest.isEmpty else { break }
      guard step() else { return }
    }
    isPossible = true
  }

  /// Takes one sign or word; false where it cannot stand there.
  private mutating func step() -> Bool {
    guard expected != .nothing, let first = rest.first else { return false }
    switch first {
    case UInt8(ascii: "{"): return begin(isObject: true)
    case UInt8(ascii: "["): return begin(isObject: false)
    case UInt8(ascii: "}"): return end(isObject: true)
    case UInt8(ascii: "]"): return end(isObject: false)
    case UInt8(ascii: ":"): return take(.colon, then: .value)
    case UInt8(ascii: ","):
      return take(.commaOrEnd, then: open.last == true ? .key : .value)
    case UInt8(ascii: "\""): return string()
    default: return word()
    }
  }

  private mutating func take(_ now: Expected, then next: Expected) -> Bool {
    guard expected == now else { return false }
    rest = rest.dropFirst()
    expected = next
    return true
  }

  private mutating func begin(isObject: Bool) -> Bool {
    guard expected == .value || expected == .valueOrEnd, open.count < 500 else { return false }
    open.append(isObject)
    rest = rest.dropFirst()
    expected = isObject ? .keyOrEnd : .valueOrEnd
    return true
  }

  private mutating func end(isObject: Bool) -> Bool {
    guard open.last == isObject,
      [.commaOrEnd, isObject ? .keyOrEnd : .valueOrEnd].contains(expected)
    else { return false }
    open.removeLast()
    if open.count == 1, topKey == "asset" { assetHasVersion = hasVersion }
    rest = rest.dropFirst()
    ended()
    return true
  }

  /// A value has ended.
  private mutating func ended() {
    isEnded = open.isEmpty
    expected = open.isEmpty ? .nothing : .commaOrEnd
  }

  private mutating func string() -> Bool {
    let isKey = expected == .key || expected == .keyOrEnd
    guard isKey || expected == .value || expected == .valueOrEnd else { return false }
    var index = rest.startIndex + 1
    while index < rest.endIndex, rest[index] != UInt8(ascii: "\"") {
      guard rest[index] >= 0x20 else { return false }
      index += rest[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard index < rest.endIndex else {
      rest = []
      return true
    }
    if isKey { note(String(decoding: rest[(rest.startIndex + 1)..<index], as: UTF8.self)) }
    rest = rest[(index + 1)...]
    if isKey { expected = .colon } else { ended() }
    return true
  }

  private mutating func note(_ key: String) {
    if open.count == 1 {
      topKey = key
      if keys.count < 64 { keys.insert(key) }
    } else if open.count == 2, topKey == "asset", key == "version" {
      hasVersion = true
    }
  }

  /// A number, `true`, `false` or `null`, which may be cut by the end.
  private mutating func word() -> Bool {
    guard expected == .value || expected == .valueOrEnd else { return false }
    let word = rest.prefix {
      (48...57).contains($0) || (97...122).contains($0) || $0 == 43 || $0 == 45 || $0 == 46
        || $0 == 69
    }
    guard !word.isEmpty else { return false }
    let text = String(decoding: word, as: UTF8.self)
    let isCut = word.endIndex == rest.endIndex
    let isName = ["true", "false", "null"].contains { isCut ? $0.hasPrefix(text) : $0 == text }
    guard
      isName
        || (isCut
          ? text.first != "+" && word.allSatisfy { $0 < 97 || $0 == 101 } : Double(text) != nil)
    else { return false }
    rest = rest[word.endIndex...]
    ended()
    return true
  }
}
